"""Cold starts against the floor: `python -m tests.benchmarks.cold [rounds]`.

CPU time, each start in a fresh process, in turns: a door is compared with the floors started just before and just after it, since a busy
machine makes each second of CPU longer or shorter. What is imported is compiled, as the layer ships it.
"""

import argparse
import compileall
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.ground import ROOT, ground, keep, machine, samples, say
from tests.stage import Stage

FLOOR_EVENT = {
    "version": "2.0",
    "routeKey": "POST /v1/floor",
    "rawPath": "/v1/floor",
    "rawQueryString": "",
    "headers": {"content-type": "application/json"},
    "requestContext": {
        "requestId": "cold",
        "stage": "$default",
        "http": {"method": "POST", "path": "/v1/floor", "sourceIp": "203.0.113.7"},
    },
    "body": '{"name": "a"}',
    "isBase64Encoded": False,
}
EVERY = 5
WORST, AGAIN = 10, 4
ROUNDS = 3

type Start = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Measure every door, the worst ones again, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    parser.add_argument("--doors", nargs="*", default=[], help="only these (area.action), each measured as often as the others")
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    for folder in ("functions", "layers/common/expertgate", "tests/benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    with ground() as (stage, _), same_time(stage):
        events = {f"functions.{action}": event for action, event in samples(stage) if not chosen.doors or str(action) in chosen.doors}
        found: dict[str, list[Start]] = {name: [] for name in ("floor", *events)}
        for turn in range(chosen.rounds):
            measure(found, events)
            say(f"cold: round {turn + 1} of {chosen.rounds}")
        for _ in range(0 if chosen.doors else AGAIN):  # one slow moment of the machine must not make a door the worst
            measure(found, {name: events[name] for name in worst(found)})
    doors = {name: summed(starts) for name, starts in found.items()}
    tell(doors)
    keep("cold", {"machine": machine(), "times": chosen.rounds, "doors": doors}, chosen.figures)


@contextmanager
def same_time(stage: Stage) -> Iterator[None]:
    """Let what is started live in the stage's time, or its sessions would be over."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "clock")
        file.write_text(str((stage.clock.now() - datetime.now(UTC)).total_seconds()))
        os.environ["EXPERTGATE_CLOCK_FILE"] = str(file)
        try:
            yield
        finally:
            del os.environ["EXPERTGATE_CLOCK_FILE"]


def measure(found: dict[str, list[Start]], events: dict[str, dict[str, Any]]) -> None:
    """Start each door once, the floor before and after each few of them, and add what they told."""
    before, names = started("floor", FLOOR_EVENT), list(events)
    found["floor"].append(before)
    for at in range(0, len(names), EVERY):
        part = [(name, started(name, events[name])) for name in names[at : at + EVERY]]
        after = started("floor", FLOOR_EVENT)
        found["floor"].append(after)
        floor = mean((before["total"], after["total"]))
        for name, one in part:
            found[name].append({**one, "ratio": one["total"] / floor})
        before = after


def worst(found: dict[str, list[Start]]) -> list[str]:
    """Return the doors that are farthest from the floor so far."""
    doors = [name for name in found if name != "floor"]
    return sorted(doors, key=lambda name: -median(one["ratio"] for one in found[name]))[:WORST]


def started(name: str, event: dict[str, Any]) -> Start:
    """Start one process and return what it told."""
    command = [sys.executable, "-m", "tests.benchmarks.cold_door", name]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "layers/common")))}
    told = subprocess.run(command, input=json.dumps(event), env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    answer: Start = json.loads(told.stdout.strip().splitlines()[-1])
    return {**answer, "total": answer["import"] + answer["first"]}


def summed(starts: list[Start]) -> dict[str, float]:
    """Return medians in milliseconds, and the median of the ratios."""
    middle = {name: median(one[name] for one in starts) * 1000 for name in ("import", "first", "total")}
    ratio = median(one.get("ratio", 1.0) for one in starts)
    return {**middle, "ratio": ratio, "starts": len(starts), "modules": starts[0]["modules"], "status": starts[0]["status"]}


def tell(doors: dict[str, dict[str, float]]) -> None:
    """Print the doors, the worst last."""
    say(f"{'door':<50} {'modules':>7} {'import':>7} {'first':>6} {'ratio':>5}")
    for name, one in sorted(doors.items(), key=lambda each: each[1]["ratio"]):
        say(f"{name:<50} {one['modules']:7.0f} {one['import']:7.0f} {one['first']:6.0f} {one['ratio']:5.2f}")


if __name__ == "__main__":
    main()
