"""The running system: CPU of its process per operation, then a mixed load at a fixed rate.

`python -m tests.benchmarks.load [seconds] [requests a second]`. The load is open-loop: an operation is due at its time whether or not the
one before was answered, and its latency counts from then, so that a stall is paid for by everybody who came during it. Locust's users wait
for their answer before they come again: a slow system would be asked less. The loop is bounded by its seconds.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Lock
from typing import Any

from infra.local.demo.accounts import register_everybody
from infra.local.demo.cast import Cast
from infra.local.demo.client import Client
from infra.local.demo.server import Server
from infra.local.demo.story import Story
from tests.benchmarks.cpu import measured, ticks
from tests.benchmarks.engine import memory_of
from tests.benchmarks.ground import ROOT, end_in_peace, keep, machine, say
from tests.benchmarks.load_mix import Mix, Play

WORKERS = 64
LONGEST = 1800
LOOK_EVERY = 5.0
DECISIONS = 0.07  # cases in stock for each operation that is due
PARTS = 3  # the first and the last third of the load are compared


@dataclass
class Seen:
    """What the load saw: latencies by operation, statuses of all requests, memory by the second, how late the generator itself was."""

    latencies: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    late: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def note(self, name: str, statuses: list[int], milliseconds: float) -> None:
        """Keep one operation."""
        with self.lock:
            self.latencies.setdefault(name, []).append(milliseconds)
            self.statuses.update(statuses)


def main(arguments: list[str] | None = None) -> None:
    """Start the system, measure, keep."""
    end_in_peace()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=180)
    parser.add_argument("rate", nargs="?", type=float, default=20)
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    parser.add_argument("--no-cpu", action="store_true", help="leave the CPU per operation out")
    chosen = parser.parse_args(arguments)
    with Server() as server:
        process = json.loads((server.state / "running.json").read_text())["pid"]
        operations = {} if chosen.no_cpu else spent(server)
        figures = under_load(server, process, min(chosen.seconds, LONGEST), chosen.rate)
    keep("load", {"machine": machine(), "cpu": operations, "load": figures}, chosen.figures)


def spent(server: Server) -> dict[str, dict[str, float]]:
    """Return the CPU per operation, beside that of a hash."""
    client, cast = Client(server.url, Story(quiet=True)), Cast("bench")
    register_everybody(client, cast)
    say("load: everybody is registered")
    return measured(client, cast, server)


def under_load(server: Server, process: int, seconds: float, rate: float) -> dict[str, Any]:
    """Return what the mixed load saw."""
    mix = Mix(server.url, stocked(server.state, int(seconds * rate * DECISIONS)))
    say("load: the stock is made")
    seen, begun, used = Seen(), time.monotonic(), ticks(process)
    pour(mix.plays(), seen, seconds, rate, process)
    took = time.monotonic() - begun
    third = max(1, len(seen.memory) // PARTS)
    first, last = (median(one for _, one in part) for part in (seen.memory[:third], seen.memory[-third:]))
    return {
        "seconds": took,
        "rate": rate,
        "operations": sum(map(len, seen.latencies.values())),
        "requests": seen.statuses.total(),
        "cpu_share": (ticks(process) - used) / took,
        "latest_start_ms": seen.late * 1000,
        "statuses": {str(status): times for status, times in sorted(seen.statuses.items())},
        "latency": {name: percentiles(one) for name, one in sorted(seen.latencies.items())},
        "memory_mb": [first, last],
        "memory": seen.memory,
    }


def stocked(state: Path, cases: int) -> dict[str, Any]:
    """Put people, grants and cases into the running system; a process of its own takes the system's environment."""
    command = [sys.executable, "-m", "tests.benchmarks.load_stock", str(state), str(cases)]
    told = subprocess.run(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True, check=True)
    made: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return made


def pour(played: dict[str, tuple[float, Play]], seen: Seen, seconds: float, rate: float, process: int) -> None:
    """Begin operations at the rate for the seconds, and look at the server's memory meanwhile."""
    draw, begun = random.Random(7), time.monotonic()  # noqa: S311 -- which operation is next
    names, weights = list(played), [share for share, _ in played.values()]
    with ThreadPoolExecutor(WORKERS) as workers:
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            if not seen.memory or due - begun >= seen.memory[-1][0] + LOOK_EVERY:
                seen.memory.append((due - begun, memory_of(process)))
            name = draw.choices(names, weights)[0]
            workers.submit(timed, name, played[name][1], due, seen)


def timed(name: str, act: Play, due: float, seen: Seen) -> None:
    """Play one operation and note how long after its due time it was answered."""
    late = time.monotonic() - due
    statuses = act()
    seen.note(name, statuses, (time.monotonic() - due) * 1000)
    seen.late = max(seen.late, late)


def percentiles(found: list[float]) -> dict[str, float]:
    """Return how many, the median, the 95th and the 99th percentile."""
    cuts = quantiles(found, n=100) if len(found) > 1 else found * 99
    return {"times": len(found), "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


if __name__ == "__main__":
    main()
