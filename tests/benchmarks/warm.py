"""Warm requests: CPU time of each door without AWS's SDK and without hashing, and of three operations against an Argon2id verify.

`python -m tests.benchmarks.warm [times]`. Each door is asked what it answers well; one that changes something gets a world for each
request, so it is asked seldomer.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

import pytest

from expertgate.outbound import passwords
from expertgate.outbound.aws import client
from expertgate.outbound.wire import LeanCalls
from tests.benchmarks.ground import keep, machine, quiet, say
from tests.benchmarks.worlds import empty_world, good_request, is_good
from tests.builders.people import PASSWORD, a_verified_person, token_of
from tests.engines import start_engine
from tests.stage import Stage
from tests.tree.house import Action, routed

WARM_UP = 5
SELDOM = 10  # a world costs as much as a hundred requests


class Aside(threading.local):
    """CPU time spent on what is not ours: the SDK, and hashing."""

    sdk = 0.0
    hashing = 0.0
    calls = 0


ASIDE = Aside()


@contextmanager
def set_aside() -> Iterator[None]:
    """Measure the SDK and hashing apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LeanCalls, "_make_api_call", timed("sdk", LeanCalls._make_api_call))
        for name in ("s3", "stepfunctions", "kms"):
            made = type(client(name))
            patch.setattr(made, "_make_api_call", timed("sdk", made._make_api_call))
        for function in (passwords.hash_password, passwords.fits):
            slow = timed("hashing", function)
            for module in [one for one in sys.modules.values() if getattr(one, function.__name__, None) is function]:
                patch.setattr(module, function.__name__, slow)
        yield


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its CPU time put aside."""

    def measured(*args: Any, **kwargs: Any) -> Any:
        begun = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            setattr(ASIDE, part, getattr(ASIDE, part) + time.thread_time() - begun)
            ASIDE.calls += part == "sdk"

    return measured


class Seen:
    """What requests to one door took, in milliseconds of CPU: of its own, and of the SDK."""

    def __init__(self, action: Action) -> None:
        """Begin with nothing seen."""
        self._name, self._handler = str(action), action.module().handler
        self.own: list[float] = []
        self.sdk: list[float] = []
        self.status = 0

    def play(self, event: dict[str, Any], *, counts: bool) -> None:
        """Ask once; a refused request is a fault of the benchmark."""
        context = SimpleNamespace(aws_request_id="warm", function_name=self._name)
        ASIDE.sdk = ASIDE.hashing = 0.0
        begun = time.thread_time()
        answer = self._handler(event, context)
        spent = time.thread_time() - begun
        self.status = answer["statusCode"]
        if not is_good(self.status):
            raise RuntimeError(f"{self._name} answered {self.status}: {answer['body']}")
        if counts:
            self.own.append((spent - ASIDE.sdk - ASIDE.hashing) * 1000)
            self.sdk.append(ASIDE.sdk * 1000)


def repeated(tables: str, action: Action, times: int) -> dict[str, float]:
    """Return what a warm door takes: one that reads is asked again in one world, another once in each of some."""
    seen = Seen(action)
    with empty_world(tables) as stage:
        event = good_request(stage, action)
        reads = event["requestContext"]["http"]["method"] == "GET"
        for turn in range(WARM_UP + times if reads else 1):
            seen.play(event, counts=reads and turn >= WARM_UP)
    for _ in range(0 if reads else min(times, SELDOM)):
        with empty_world(tables) as stage:
            seen.play(good_request(stage, action), counts=True)
    return {
        "median": median(seen.own),
        "p99": quantiles(seen.own, n=100, method="inclusive")[98],
        "sdk": median(seen.sdk),
        "status": seen.status,
        "times": len(seen.own),
    }


def operations(stage: Stage, times: int) -> dict[str, dict[str, float]]:
    """Return what the operations cost in CPU, SDK and hashing with them, beside one bare verify."""
    people = [a_verified_person(stage) for _ in range(times)]
    tokens = [token_of(stage, one) for one in people]
    bodies = [{"kind": "person", "login_name": one.mobile[3:] if one.mobile else "", "password": PASSWORD} for one in people]
    stored = passwords.hash_password(PASSWORD)
    return {
        "verify": spent(lambda _: passwords.fits(PASSWORD, stored), times),
        "show_account": spent(lambda turn: stage.call("account.show_account", token=tokens[turn]), times),
        "log_in": spent(lambda turn: stage.call("account.log_in", bodies[turn], address=f"198.51.100.{turn % 250}"), times),
    }


def spent(act: Callable[[int], Any], times: int) -> dict[str, float]:
    """Return median CPU milliseconds and calls of one operation; a refused one is a fault of the benchmark."""
    found = []
    for turn in range(times):
        ASIDE.calls = 0
        begun = time.thread_time()
        answer = act(turn)
        found.append((time.thread_time() - begun) * 1000)
        status = getattr(answer, "status", 200)
        assert status < 300, answer
    return {"median": median(found[3:]), "calls": ASIDE.calls}


def main(arguments: list[str] | None = None) -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=50)
    parser.add_argument("--doors", nargs="*", default=[], help="only these (area.action)")
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    actions = [one for one in routed() if not chosen.doors or str(one) in chosen.doors]
    with quiet(), start_engine("dynoxide") as tables:
        figures = {"machine": machine(), "times": chosen.times, **measured(str(tables), actions, chosen.times)}
    keep("warm", figures, chosen.figures)


def measured(tables: str, actions: list[Action], times: int) -> dict[str, Any]:
    """Return the figures of all doors and of the operations; the doors are imported, so that hashing is found in them."""
    for action in actions:
        action.module()
    with empty_world(tables):
        client("s3")
    with set_aside():
        doors = {}
        for number, action in enumerate(actions, 1):
            doors[str(action)] = repeated(tables, action, times)
            say(f"warm: {number} of {len(actions)} doors") if number % 10 == 0 else None
        with empty_world(tables) as stage:
            return {"doors": doors, "operations": operations(stage, times)}


if __name__ == "__main__":
    main()
