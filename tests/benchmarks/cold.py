"""Cold starts against the floor: `python -m tests.benchmarks.cold [rounds]`.

CPU time, each start in a fresh process, in turns: a door is compared with the floors started just before and just after it, since a busy
machine makes each second of CPU longer or shorter. What is imported is compiled, as the layer ships it. Each start has a world of its own
(`worlds.py`), in which the door's first request must be answered well.
"""

import argparse
import compileall
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from tests.benchmarks.ground import ROOT, keep, machine, quiet, say
from tests.benchmarks.worlds import empty_world, good_request, is_good, services
from tests.engines import start_engine
from tests.stage import Stage
from tests.tree.house import Action, routed

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
FLOOR = "floor"

type Start = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Measure every door, the worst ones again, keep the figures, and end with an error where a door was not answered well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    parser.add_argument("--doors", nargs="*", default=[], help="only these (area.action), each measured as often as the others")
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    for folder in ("functions", "layers/common/expertgate", "tests/benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    with grounds() as starter:
        known = {f"functions.{action}": action for action in routed() if not chosen.doors or str(action) in chosen.doors}
        found: dict[str, list[Start]] = {name: [] for name in (FLOOR, *known)}
        for turn in range(chosen.rounds):
            measure(starter, found, known)
            say(f"cold: round {turn + 1} of {chosen.rounds}: {answers(found)}")
        for _ in range(0 if chosen.doors else AGAIN):  # one slow moment of the machine must not make a door the worst
            measure(starter, found, {name: known[name] for name in worst(found)})
    doors = {name: summed(starts) for name, starts in found.items()}
    tell(doors)
    keep("cold", {"machine": machine(), "times": chosen.rounds, "doors": doors}, chosen.figures)
    if bad := refused(found):
        sys.exit("\n".join(bad))


@contextmanager
def grounds() -> Iterator["Starter"]:
    """Give what starts doors, each in a world of its own."""
    with quiet(), start_engine("dynoxide") as tables, services() as others:
        yield Starter(str(tables), others)


@dataclass(frozen=True)
class Starter:
    """Starts processes beside these engines."""

    tables: str
    others: str

    def floor(self) -> Start:
        """Start the floor."""
        with empty_world(self.tables) as stage:
            return self._started(stage, FLOOR, FLOOR_EVENT)

    def door(self, action: Action) -> Start:
        """Start a door with a request that it answers well."""
        with empty_world(self.tables) as stage:
            return self._started(stage, f"functions.{action}", good_request(stage, action))

    def _started(self, stage: Stage, name: str, event: dict[str, Any]) -> Start:
        """Start one process in the stage's time and return what it told."""
        Path(os.environ["EXPERTGATE_CLOCK_FILE"]).write_text(str((stage.clock.now() - datetime.now(UTC)).total_seconds()))
        command = [sys.executable, "-m", "tests.benchmarks.cold_door", name]
        paths = os.pathsep.join(map(str, (ROOT, ROOT / "layers/common")))
        environment = {**os.environ, "PYTHONPATH": paths, "AWS_ENDPOINT_URL": self.others}
        told = subprocess.run(command, input=json.dumps(event), env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        answer: Start = json.loads(told.stdout.strip().splitlines()[-1])
        return {**answer, "total": answer["import"] + answer["first"]}


def measure(starter: Starter, found: dict[str, list[Start]], known: dict[str, Action]) -> None:
    """Start each door once, the floor before and after each few of them, and add what they told."""
    before, names = starter.floor(), list(known)
    found[FLOOR].append(before)
    for at in range(0, len(names), EVERY):
        part = [(name, starter.door(known[name])) for name in names[at : at + EVERY]]
        after = starter.floor()
        found[FLOOR].append(after)
        floor = mean((before["total"], after["total"]))
        for name, one in part:
            found[name].append({**one, "ratio": one["total"] / floor})
        before = after


def refused(found: dict[str, list[Start]]) -> list[str]:
    """Return the doors that were not answered well each time: what is measured then is a refusal, not the door's work."""
    asked = {name: [one["status"] for one in starts] for name, starts in found.items()}
    return [f"{name} was answered {statuses}" for name, statuses in asked.items() if not all(map(is_good, statuses))]


def answers(found: dict[str, list[Start]]) -> dict[int, int]:
    """Return how often each status was answered so far."""
    return dict(sorted(Counter(one["status"] for starts in found.values() for one in starts).items()))


def worst(found: dict[str, list[Start]]) -> list[str]:
    """Return the doors that are farthest from the floor so far."""
    doors = [name for name in found if name != FLOOR]
    return sorted(doors, key=lambda name: -median(one["ratio"] for one in found[name]))[:WORST]


def summed(starts: list[Start]) -> dict[str, Any]:
    """Return medians in milliseconds, the median of the ratios, and the status of every start."""
    middle = {name: median(one[name] for one in starts) * 1000 for name in ("import", "first", "total")}
    ratio = median(one.get("ratio", 1.0) for one in starts)
    statuses = [one["status"] for one in starts]
    return {**middle, "ratio": ratio, "starts": len(starts), "modules": starts[0]["modules"], "status": statuses[0], "statuses": statuses}


def tell(doors: dict[str, dict[str, Any]]) -> None:
    """Print the doors, the worst last."""
    say(f"{'door':<50} {'modules':>7} {'import':>7} {'first':>6} {'ratio':>5} status")
    for name, one in sorted(doors.items(), key=lambda each: each[1]["ratio"]):
        say(f"{name:<50} {one['modules']:7.0f} {one['import']:7.0f} {one['first']:6.0f} {one['ratio']:5.2f} {sorted(set(one['statuses']))}")


if __name__ == "__main__":
    main()
