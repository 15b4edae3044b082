"""Latency against size: `python -m tests.benchmarks.scale [copies ...]`.

There is one world of each size; they play in turns, so that a busy machine slows all sizes alike. Medians are kept.
"""

import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from tests.benchmarks.ground import ROOT, keep, machine, say

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 40


def main() -> None:
    """Build the worlds, play, keep."""
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    worlds = {size: started(size) for size in sizes}
    for size, world in worlds.items():
        answered(world)
        say(f"scale: a world of {size:,} is ready")
    found: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    for _ in range(ROUNDS):
        for size, world in worlds.items():
            told(world)
            found[size].append(answered(world))
    for world in worlds.values():
        world.communicate(timeout=30)
    names = list(found[sizes[0]][0])
    medians = {name: {str(size): median(one[name] for one in found[size][2:]) for size in sizes} for name in names}
    keep("scale", {"machine": machine(), "rounds": ROUNDS, "medians": medians})


def started(size: int) -> subprocess.Popen[str]:
    """Start the process of one world."""
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "layers/common")))
    command = [sys.executable, "-m", "tests.benchmarks.scale_world", str(size)]
    environment = os.environ | {"PYTHONPATH": paths}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def told(world: subprocess.Popen[str]) -> None:
    """Ask a world for one round."""
    assert world.stdin is not None
    world.stdin.write("go\n")
    world.stdin.flush()


def answered(world: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a world says next."""
    assert world.stdout is not None
    line: dict[str, Any] = json.loads(world.stdout.readline())
    return line


if __name__ == "__main__":
    main()
