"""Warm requests: CPU time of each door without AWS's SDK and without hashing, and of four operations against an Argon2id verify.

`python -m tests.benchmarks.warm [times]`
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
from tests.benchmarks.ground import ground, keep, machine, samples, say
from tests.builders.people import PASSWORD, a_verified_person, token_of
from tests.stage import Stage
from tests.tree.house import Action

WARM_UP = 5


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
        for name in ("s3", "sns", "stepfunctions", "kms"):
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


def repeated(handler: Callable[..., Any], event: dict[str, Any], name: str, times: int) -> dict[str, float]:
    """Return milliseconds of CPU of a warm door: its own, and of the SDK."""
    own, sdk, status = [], [], 0
    context = SimpleNamespace(aws_request_id="warm", function_name=name)
    for turn in range(WARM_UP + times):
        ASIDE.sdk = ASIDE.hashing = 0.0
        begun = time.thread_time()
        status = handler(event, context)["statusCode"]
        spent = time.thread_time() - begun
        if turn >= WARM_UP:
            own.append((spent - ASIDE.sdk - ASIDE.hashing) * 1000)
            sdk.append(ASIDE.sdk * 1000)
    return {"median": median(own), "p99": quantiles(own, n=100)[98], "sdk": median(sdk), "status": status}


def operations(stage: Stage, times: int) -> dict[str, dict[str, float]]:
    """Return what four operations cost in CPU, SDK and hashing with them, beside one bare verify."""
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
    with ground() as (stage, _):
        played = [one for one in samples(stage) if not chosen.doors or str(one[0]) in chosen.doors]
        figures = {"machine": machine(), "times": chosen.times, **measured(stage, played, chosen.times)}
    keep("warm", figures, chosen.figures)


def measured(stage: Stage, played: list[tuple[Action, dict[str, Any]]], times: int) -> dict[str, Any]:
    """Return the figures of all doors and of the operations; the doors are imported, so that hashing is found in them."""
    with set_aside():
        doors = {}
        for action, event in played:
            doors[str(action)] = repeated(action.module().handler, event, str(action), times)
        say(f"warm: {len(doors)} doors")
        return {"doors": doors, "operations": operations(stage, times)}


if __name__ == "__main__":
    main()
