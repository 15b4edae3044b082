"""Prints as JSON which modules the edge loads and which each door loads on top of it, each door in a process of its own."""

import importlib
import json
import os
import sys
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
    for door in sorted((ROOT / "functions").glob("*/*.py")):
        name = f"functions.{door.parent.name}.{door.stem}"
        loaded[name] = _loaded_by(name)
    json.dump(loaded, sys.stdout)


def _loaded_by(name: str) -> list[str]:
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.close(reader)
        before = set(sys.modules)
        importlib.import_module(name)
        if importlib.import_module("expertgate.outbound.aws").session.cache_info().currsize:
            raise SystemExit(f"{name} makes clients of AWS while it is imported: they would be frozen in a snapshot")
        with os.fdopen(writer, "w") as out:
            json.dump(sorted(set(sys.modules) - before), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        told = answer.read()
    _, status = os.wait()
    if status != 0:
        raise SystemExit(f"{name} can't be imported by itself")
    names: list[str] = json.loads(told)
    return names


if __name__ == "__main__":
    main()
