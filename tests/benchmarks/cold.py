"""Cold starts against the floor: `python -m tests.benchmarks.cold [times]`. CPU time, each start in a fresh process, in turns."""

import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from tests.benchmarks.ground import ROOT, ground, keep, machine, samples, say

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


def main() -> None:
    """Measure every door and keep the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with ground() as (stage, _):
        doors = [(f"functions.{action}", event) for action, event in samples(stage)]
        found: dict[str, list[dict[str, Any]]] = {}
        for turn in range(times):
            for number, (name, event) in enumerate(doors):
                if number % EVERY == 0:
                    found.setdefault("floor", []).append(started("floor", FLOOR_EVENT))
                found.setdefault(name, []).append(started(name, event))
            say(f"cold: round {turn + 1} of {times}")
    keep("cold", {"machine": machine(), "times": times, "doors": {name: summed(starts) for name, starts in found.items()}})


def started(name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Start one process and return what it told."""
    command = [sys.executable, "-m", "tests.benchmarks.cold_door", name]
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "layers/common")))
    environment = os.environ | {"PYTHONPATH": paths}
    told = subprocess.run(command, input=json.dumps(event), env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(told.stdout.strip().splitlines()[-1])
    return answer


def summed(starts: list[dict[str, Any]]) -> dict[str, float]:
    """Return medians in milliseconds."""
    middle = {name: median(one[name] for one in starts) * 1000 for name in ("import", "first")}
    total = median((one["import"] + one["first"]) * 1000 for one in starts)
    return {**middle, "total": total, "modules": starts[0]["modules"], "status": starts[0]["status"]}


if __name__ == "__main__":
    main()
