"""Fuzz every door of the running system from its own OpenAPI document, as everybody who may knock (needs .venv-trust)."""

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from infra.local.demo.accounts import register_everybody
from infra.local.demo.cast import Cast
from infra.local.demo.client import Client
from infra.local.demo.officials import name_officials
from infra.local.demo.server import Server
from infra.local.demo.story import Story

_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# They end the session that the next request needs.
_LEFT_OUT = r"^/v1/(sessions|account/closures|account/password)"
_SEED = "20260302"
# It is put together when it is first asked for.
_DOCUMENT_SECONDS = 120


def main(arguments: list[str] | None = None) -> int:
    """Fuzz as stranger, person, unit and official; return the number of kinds that found something."""
    parser = argparse.ArgumentParser(prog="infra.checks.fuzz", description=__doc__)
    parser.add_argument("--program", type=Path, default=Path(".venv-trust/bin/schemathesis"))
    parser.add_argument("--examples", type=int, default=3, help="requests tried for each operation")
    parser.add_argument("--seconds", type=int, default=60, help="time for each kind of caller")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever is told to end ends what he started
    with Server() as server, tempfile.TemporaryDirectory() as folder:  # schemathesis keeps notes where it runs
        tokens = _tokens(server)
        with urllib.request.urlopen(f"{server.url}/openapi.json", timeout=_DOCUMENT_SECONDS) as document:  # noqa: S310 -- our own address
            (Path(folder) / "openapi.json").write_bytes(document.read())
        failed = [kind for kind, token in tokens.items() if not _fuzz(server.url, kind, token, chosen, folder)]
    print(f"fuzzing: {'every kind of caller survived' if not failed else 'found something as ' + ', '.join(failed)}")
    return len(failed)


def _tokens(server: Server) -> dict[str, str]:
    """Let everybody register and log in; return a token of each kind."""
    client, cast = Client(server.url, Story(quiet=True)), Cast()
    register_everybody(client, cast)
    name_officials(client, cast, json.loads((server.state / "administrator.json").read_text()))
    return {"stranger": "", "person": cast.agent.token, "unit": cast.unit.token, "official": cast.city.token}


def _fuzz(url: str, kind: str, token: str, chosen: argparse.Namespace, folder: str) -> bool:
    command = [str(chosen.program.absolute()), "run", "openapi.json", "--url", url, "--checks", _CHECKS, "--seed", _SEED]
    command += ["--max-examples", str(chosen.examples), "--max-time", str(chosen.seconds), "--phases", "fuzzing", "--no-color"]
    command += ["--request-timeout", "60", "--exclude-path-regex", _LEFT_OUT, "--continue-on-failure", "--suppress-health-check", "all"]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    figures = re.findall(r"^\s*(Tested: .*|[0-9,]+ generated.*)$", told.stdout, re.MULTILINE)
    print(f"fuzzing as {kind}: {'; '.join(one.strip() for one in figures)}")
    if told.returncode:
        print(told.stdout[-6000:], told.stderr[-2000:])
    return told.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
