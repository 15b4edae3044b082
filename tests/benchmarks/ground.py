"""What all benchmarks stand on: an engine in memory, the tables of the template, tokens, and figures kept as data."""

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from os import devnull
from pathlib import Path
from typing import Any

from expertgate.caller import Allow, CallerKind
from tests.conftest import TEMPLATE
from tests.engines import start_engine
from tests.stage import Stage, open_stage, session_for
from tests.tree.house import Action, routed

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs/figures"
_KINDS = (Allow.PERSON, Allow.UNIT, Allow.OFFICIAL, Allow.SERVICE)


@contextmanager
def ground() -> Iterator[tuple[Stage, str]]:
    """Give a stage on the engine that make run uses, silent, with the engine's address."""
    with quiet(), start_engine("dynoxide") as address, open_stage(TEMPLATE, address) as stage:
        yield stage, str(address)


@contextmanager
def quiet() -> Iterator[None]:
    """Send the log lines of the doors nowhere."""
    logging.disable(logging.CRITICAL)
    nowhere = Path(devnull).open("w")  # noqa: SIM115 -- open as long as the process
    with redirect_stdout(nowhere):
        yield


def end_in_peace() -> None:
    """Let a request to end unwind what was started: engines and their files must not stay."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def keep(name: str, figures: dict[str, Any], folder: Path | None = None) -> None:
    """Write figures where the page is made from, or into another folder."""
    folder = folder or FIGURES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


def kept(name: str) -> dict[str, Any] | None:
    """Return figures that were written, None where nobody measured."""
    file = FIGURES / f"{name}.json"
    read: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return read


def machine() -> str:
    """Return what was measured on, in a few words."""
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f}"


def samples(stage: Stage) -> Iterator[tuple[Action, dict[str, Any]]]:
    """Yield each door with its event sample, signed in as somebody the door lets in."""
    tokens = {kind: session_for(stage, CallerKind[str(kind.name)], f"BENCH-{kind.name}") for kind in _KINDS}
    for action in routed():
        event = json.loads(action.event.read_text("utf-8"))
        event["headers"].pop("idempotency-key", None)
        allow = action.module().app.allow
        kind = next((one for one in _KINDS if one in allow), None)
        if kind and Allow.STRANGER not in allow:
            event["headers"]["authorization"] = f"Bearer {tokens[kind]}"
        yield action, event


def say(text: str) -> None:
    """Tell the terminal how far it is; standard output belongs to the doors."""
    sys.stderr.write(f"{text}\n")
