"""The one-machine default: `python -m infra.local.run` plays the deployed system on the loopback interface."""

import argparse
import ctypes
import errno
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event

from infra.local.dynoxide import EngineFailed
from infra.local.intrinsics import TemplateBroken
from infra.local.state import StateInUse

ROOT = Path(__file__).resolve().parents[2]
_ARENAS_AT_MOST, _ARENAS = -8, 2  # M_ARENA_MAX of glibc


def main(arguments: list[str] | None = None) -> int:
    """Run until someone ends it."""
    begun = time.monotonic()
    _share_memory()
    chosen = _parser().parse_args(arguments)
    from infra.local.functions import FunctionFailed, VariablesDiffer  # noqa: PLC0415 -- a wrong option must not cost a second
    from infra.local.machine import Machine, Options  # noqa: PLC0415 -- a wrong option must not cost a second

    options = Options(ROOT, chosen.template.resolve(), chosen.state.resolve(), chosen.port, chosen.ric, chosen.reset, chosen.memory)
    ended = Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    try:
        machine = Machine(options)
    except (StateInUse, TemplateBroken, OSError) as exc:
        return _failed(str(exc))
    # what functions print is the log, as in Lambda; the terminal stays for people
    sys.stdout = machine.state.path("functions.log").open("a", buffering=1, encoding="utf-8")
    try:
        machine.start()
    except (EngineFailed, FunctionFailed, TemplateBroken, VariablesDiffer, OSError) as exc:
        machine.stop()
        taken = isinstance(exc, OSError) and exc.errno == errno.EADDRINUSE
        return _failed(f"port {options.port} is taken, choose another with --port" if taken else str(exc))
    _tell(machine.places(), time.monotonic() - begun)
    facts = {"pid": os.getpid(), "url": machine.url, "aws": machine.aws.endpoint, "environment": machine.environment}
    machine.state.write("running.json", facts)
    ended.wait()
    machine.stop()
    return 0


def _share_memory() -> None:
    """Let threads share two arenas: each of its own would keep the 19 MB of a hash, and every burst of log-ins leave more behind."""
    with suppress(OSError, AttributeError, TypeError):  # another C library has no such thing
        ctypes.CDLL(None).mallopt(_ARENAS_AT_MOST, _ARENAS)


def _failed(why: str) -> int:
    print(f"cannot start: {why}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.local.run", description="ExpertGate on one machine, without AWS and without Docker.")
    parser.add_argument("--port", type=int, default=8000, help="loopback port of the API (8000)")
    parser.add_argument("--state", type=Path, default=ROOT / ".local", help="folder of everything that is kept (.local)")
    parser.add_argument("--template", type=Path, default=ROOT / "template.yaml", help="the SAM template (template.yaml)")
    parser.add_argument("--reset", action="store_true", help="begin with an empty state folder")
    parser.add_argument("--ric", action="store_true", help="run each function under awslambdaric in a process of its own")
    parser.add_argument("--memory", action="store_true", help="keep rows in memory only (as where dynoxide is not installed)")
    return parser


def _tell(places: dict[str, str], seconds: float) -> None:
    width = max(map(len, places))
    lines = [f"ExpertGate is ready after {seconds:.1f} s; it listens on 127.0.0.1 only. Ctrl-C ends it, the data stays."]
    lines += [f"  {name:<{width}}  {place}" for name, place in places.items()]
    print("\n".join(lines), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
