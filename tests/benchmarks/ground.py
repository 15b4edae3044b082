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
from tests.tree.house import Action

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


def sample(stage: Stage, action: Action) -> dict[str, Any]:
    """Return the event sample of a door, signed in as somebody the door lets in."""
    event: dict[str, Any] = json.loads(action.event.read_text("utf-8"))
    event["headers"].pop("idempotency-key", None)
    allow = action.module().app.allow
    kind = next((one for one in _KINDS if one in allow), None)
    if kind and Allow.STRANGER not in allow:
        event["headers"]["authorization"] = f"Bearer {_token(stage, kind)}"
    return event


def _token(stage: Stage, kind: Allow) -> str:
    """Return a token of a caller of this kind who is there; an official has every duty."""
    from expertgate.review.model import Duty  # noqa: PLC0415 -- the tables' names must stand in the environment first
    from tests.builders.people import a_unit, a_verified_person, token_of  # noqa: PLC0415 -- as above

    if kind is Allow.PERSON:
        return token_of(stage, a_verified_person(stage))
    if kind is Allow.UNIT:
        return token_of(stage, a_unit(stage, "邯郸市精密仪器有限公司"))
    duties = frozenset(Duty) if kind is Allow.OFFICIAL else frozenset({"authority:check", "service:fepms"})
    return session_for(stage, CallerKind[str(kind.name)], f"BENCH-{kind.name}", duties=duties, bureau="100000")


def say(text: str) -> None:
    """Tell the terminal how far it is; standard output belongs to the doors."""
    sys.stderr.write(f"{text}\n")
