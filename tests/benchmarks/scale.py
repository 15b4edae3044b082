"""Latency, CPU and capacity against size: `python -m tests.benchmarks.scale [sizes ...] [--rounds 40]`.

There is one world of each size; they are built one after the other and play in turns, so that a busy machine slows all sizes alike.
Medians are kept.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.ground import ROOT, end_in_peace, keep, machine, say

DUE = (0, 10, 100)
SIZES = (1_000, 100_000, 1_000_000)
ROUNDS = 40
WARM_UP = 2


def main(arguments: list[str] | None = None) -> None:
    """Build the worlds, play, keep."""
    end_in_peace()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--due", nargs="*", type=int, default=DUE, help="how many things are due for the schedules; the first is 0")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    figures = played(list(chosen.sizes), list(chosen.due), chosen.rounds)
    keep("scale", {"machine": machine(), "rounds": chosen.rounds, "due": list(chosen.due), **figures}, chosen.figures)


def played(sizes: list[int], due: list[int], rounds: int) -> dict[str, Any]:
    """Return the worlds and the medians of their operations: part -> operation -> size -> value."""
    worlds: dict[int, subprocess.Popen[str]] = {}
    try:
        ready = {}
        for size in sizes:
            worlds[size] = started(size, due)
            ready[str(size)] = answered(worlds[size])
        found = in_turns(worlds, rounds)
    finally:
        for world in worlds.values():
            world.terminate()
        for world in worlds.values():
            world.communicate(timeout=120)
    say("scale: done")
    return {"worlds": ready, **medians(found)}


def in_turns(worlds: dict[int, subprocess.Popen[str]], rounds: int) -> dict[int, list[dict[str, dict[str, float]]]]:
    """Let each world play a round, again and again; the first rounds warm up."""
    found: dict[int, list[dict[str, dict[str, float]]]] = {size: [] for size in worlds}
    for number in range(rounds + WARM_UP):
        for size, world in worlds.items():
            told(world)
            one = answered(world)
            found[size] += [one] if number >= WARM_UP else []
        if number % 10 == 0:
            say(f"scale: round {number + 1} of {rounds + WARM_UP}")
    return found


def medians(found: dict[int, list[dict[str, dict[str, float]]]]) -> dict[str, Any]:
    """Return part -> operation -> size -> median."""
    first = next(iter(found.values()))[0]
    parts = next(iter(first.values()))
    return {
        part: {name: {str(size): median(one[name][part] for one in seen) for size, seen in found.items()} for name in first}
        for part in parts
    }


def started(size: int, due: list[int]) -> subprocess.Popen[str]:
    """Start the process of one world."""
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "layers/common")))
    command = [sys.executable, "-m", "tests.benchmarks.scale_world", str(size), *map(str, due)]
    environment = os.environ | {"PYTHONPATH": paths}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def told(world: subprocess.Popen[str]) -> None:
    """Ask a world for one round."""
    assert world.stdin is not None
    world.stdin.write("go\n")
    world.stdin.flush()


def answered(world: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what a world says next.

    Raises RuntimeError when it says nothing any more: its own error stands on the terminal.
    """
    assert world.stdout is not None
    line = world.stdout.readline()
    if not line:
        raise RuntimeError("a world has ended")
    read: dict[str, Any] = json.loads(line)
    return read


if __name__ == "__main__":
    main()
