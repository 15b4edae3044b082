"""The API reference: one OpenAPI document of all doors, made in the background, shown by Swagger UI from node_modules."""

import hashlib
import json
import mimetypes
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from infra.local.facts import Template
from infra.local.messages import Request, Response, html_response, json_response
from infra.local.state import State

_FILE: Final = "openapi.json"
_ASSETS: Final = "node_modules/swagger-ui-dist"
_SHOWN: Final = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
_MAKER: Final = Path(__file__).resolve().parents[1]
_READ: Final = frozenset({".py", ".json"})
_NO_ASSETS: Final = "<p>The page comes with `npm install`; the document is at <a href=/openapi.json>/openapi.json</a>.</p>"
_PAGE: Final = """<!doctype html><html lang=en><meta charset="utf-8"><title>ExpertGate API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png">
<div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null})</script></html>"""


class Reference:
    """Makes and serves the document; what did not change since the last run is not made again."""

    def __init__(self, template: Template, root: Path, assets: Path, state: State) -> None:
        """Remember which doors there are; root is where their code is, assets where node_modules is."""
        routed = {route.function for route in template.routes}
        self._doors = sorted(template.functions[each].module for each in routed)
        self._variables: Mapping[str, str] = {
            name: value for function in template.functions.values() for name, value in function.environment.items()
        }
        self._root = root
        self._assets = assets / _ASSETS
        self._state = state
        self._thread = Thread(target=self._make, name="openapi", daemon=True)
        self._starting = Lock()

    def start(self) -> None:
        """Begin to make the document, once."""
        with self._starting:
            if self._thread.ident is None:
                self._thread.start()

    def page(self, request: Request) -> Response:
        """Return the reference page or one of its files."""
        name = request.path.removeprefix("/docs").strip("/")
        if not name:
            return html_response(_PAGE if self._assets.is_dir() else _NO_ASSETS)
        if name not in _SHOWN or not self._assets.is_dir():
            return json_response({"message": "Not Found"}, 404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(200, (("content-type", kind), ("cache-control", "max-age=3600")), (self._assets / name).read_bytes())

    def document(self, _: Request) -> Response:
        """Return the OpenAPI document, waiting for it when it is still being made."""
        self.start()
        self._thread.join()
        kept = self._state.read(_FILE, None)
        if kept is None:
            return json_response({"message": "the document could not be made, see the terminal"}, 503)
        return json_response(kept["document"])

    def _make(self) -> None:
        mark = self._mark()
        if self._state.read(_FILE, {}).get("mark") == mark:
            return
        # a process of its own: the server stays small and quick
        made = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "infra.local.openapi", *self._doors],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, **self._variables, "PYTHONPATH": self._path()},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            print(f"openapi: {made.stderr[-2000:]}", file=sys.stderr)
            return
        self._state.write(_FILE, {"mark": mark, "document": json.loads(made.stdout)})

    def _path(self) -> str:
        return os.pathsep.join([str(self._root / "layers" / "common"), str(self._root), os.environ.get("PYTHONPATH", "")])

    def _mark(self) -> str:
        """Return a mark that changes with all that the document is made of: doors, layer and its words, samples, and what makes it."""
        made_of = [*(self._root / name for name in ("functions", "layers", "events")), _MAKER / "reference", _MAKER / "local/openapi.py"]
        files = sorted(file for place in made_of for file in ([place] if place.is_file() else place.rglob("*.*")) if file.suffix in _READ)
        facts = "".join(f"{file}{file.stat().st_mtime_ns}" for file in files)
        return hashlib.sha256(facts.encode()).hexdigest()
