"""The API reference: one OpenAPI document of all doors, made in the background, shown by Swagger UI from node_modules."""

import hashlib
import json
import mimetypes
import sys
from pathlib import Path
from threading import Thread
from typing import Any, Final

from infra.local.facts import Template
from infra.local.http import Request, Response, html_response, json_response
from infra.local.state import State

_FILE: Final = "openapi.json"
_ASSETS: Final = "node_modules/swagger-ui-dist"
_SHOWN: Final = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
_PAGE: Final = """<!doctype html><html lang=en><meta charset="utf-8"><title>ExpertGate API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png">
<div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null})</script></html>"""


class Reference:
    """Makes and serves the document; what did not change since the last run is not made again."""

    def __init__(self, template: Template, root: Path, state: State) -> None:
        """Remember which doors there are."""
        self._doors = sorted(
            {root / f"{each.module.replace('.', '/')}.py" for each in map(template.functions.get, _routed(template)) if each}
        )
        self._root = root
        self._state = state
        self._thread = Thread(target=self._make, name="openapi", daemon=True)

    def start(self) -> None:
        """Begin to make the document."""
        self._thread.start()

    def page(self, request: Request) -> Response:
        """Return the reference page or one of its files."""
        name = request.path.removeprefix("/docs").strip("/")
        if not name:
            return html_response(
                _PAGE if (self._root / _ASSETS).is_dir() else "<p>npm install brings the page; the document: /openapi.json</p>"
            )
        if name not in _SHOWN:
            return json_response({"message": "Not Found"}, 404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(200, (("content-type", kind), ("cache-control", "max-age=3600")), (self._root / _ASSETS / name).read_bytes())

    def document(self, _: Request) -> Response:
        """Return the OpenAPI document, waiting for it when it is still being made."""
        self._thread.join()
        kept = self._state.read(_FILE, None)
        if kept is None:
            return json_response({"message": "the document could not be made, see the terminal"}, 503)
        return json_response(kept["document"])

    def _make(self) -> None:
        mark = self._mark()
        if self._state.read(_FILE, {}).get("mark") == mark:
            return
        try:
            self._state.write(_FILE, {"mark": mark, "document": self._merged()})
        except Exception as exc:  # noqa: BLE001 -- a door that cannot be imported must not end the server
            print(f"openapi: {type(exc).__name__}: {exc}", file=sys.stderr)

    def _merged(self) -> dict[str, Any]:
        from aws_lambda_powertools.event_handler.openapi import OpenAPIMerge  # noqa: PLC0415 -- heavy, and only now needed

        merge = OpenAPIMerge(title="ExpertGate (外专通)", version="1", on_conflict="warn")
        for door in self._doors:
            merge.add_file(door, resolver_name="app")
        document: dict[str, Any] = json.loads(merge.get_openapi_json_schema())
        return document

    def _mark(self) -> str:
        """Return a mark that changes with the code of doors and layer."""
        files = sorted([*self._doors, *(self._root / "layers").rglob("*.py")])
        facts = "".join(f"{file}{file.stat().st_mtime_ns}" for file in files if file.exists())
        return hashlib.sha256(facts.encode()).hexdigest()


def _routed(template: Template) -> list[str]:
    return sorted({route.function for route in template.routes})
