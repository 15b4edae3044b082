"""Prints as JSON which modules the edge loads and which each door loads on top of it, each door in a process of its own."""

import importlib
import json
import os
import sys
from itertools import batched
from pathlib import Path

from infra.local.template import environment, load

ROOT = Path(__file__).resolve().parents[2]
EDGE = "edge"


def main() -> None:
    """Load the edge once; then fork for each door, so that none sees what another has loaded."""
    os.environ |= {**environment(load(ROOT / "template.yaml")), "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
    for name in [name for name in sys.modules if name.partition(".")[0] in {"infra", "yaml", "_yaml"}]:
        del sys.modules[name]
    bare = set(sys.modules)
    for name in ("expertgate.inbound.http", "expertgate.inbound.tasks"):
        importlib.import_module(name)
    loaded = {EDGE: sorted(set(sys.modules) - bare)}
    doors = sorted(f"functions.{door.parent.name}.{door.stem}" for door in (ROOT / "functions").glob("*/*.py"))
    for some in batched(doors, os.cpu_count() or 1, strict=False):
        loading = [_started(name) for name in some]
        loaded |= {name: _told(name, *one) for name, one in zip(some, loading, strict=True)}
    json.dump(loaded, sys.stdout)


def _started(name: str) -> tuple[int, int]:
    """Load a door in a process of its own; return its number and where it tells what it loaded."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        before = set(sys.modules)
        importlib.import_module(name)
        if importlib.import_module("expertgate.outbound.aws").session.cache_info().currsize:
            raise SystemExit(f"{name} makes clients of AWS while it is imported: they would be frozen in a snapshot")
        with os.fdopen(writer, "w") as out:
            json.dump(sorted(set(sys.modules) - before), out)
        os._exit(0)
    os.close(writer)
    return process, reader


def _told(name: str, process: int, reader: int) -> list[str]:
    with os.fdopen(reader) as answer:
        told = answer.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        raise SystemExit(f"{name} can't be imported by itself")
    names: list[str] = json.loads(told)
    return names


if __name__ == "__main__":
    main()
