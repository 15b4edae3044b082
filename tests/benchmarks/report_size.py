"""What docs/speed.md says of sizes: latency, CPU and capacity, with their plots."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.drawing import lines
from tests.benchmarks.ground import FIGURES
from tests.benchmarks.tables import table

FLAT = 1.2
TASKS = ("sweep", "reconciler")

type Found = Mapping[str, Mapping[str, float]]


def told(figures: dict[str, Any]) -> str:
    """Tell of sizes."""
    sizes = list(figures["worlds"])
    cpu = {name: {size: one[size] + figures["engine"][name][size] for size in sizes} for name, one in figures["cpu"].items()}
    units = {name: {size: one[size] + figures["written"][name][size] for size in sizes} for name, one in figures["read"].items()}
    _drawn("scale", "Median latency against size", "ms", figures["wall"])
    _drawn("scale_cpu", "CPU against size, engine included", "ms", cpu)
    _drawn("scale_units", "Capacity units against size", "units", units)
    worlds = [
        (f"{int(size):,}", f"{one['rows']:,}", f"{one['bytes'] / 2**20:,.0f} MB", f"{one['seconds']:.0f} s")
        for size, one in figures["worlds"].items()
    ]
    return (
        "## Size\n\nA world of a size has so many people with a grant each, a tenth as many units they act for, "
        "a tenth as many more agents of the one unit\nthat is asked about, and so many open cases, half in the queue of the city "
        "that is asked about, half in that of the nation. Worlds play in\nturns, so that a busy machine slows all alike "
        f"({figures['rounds']} rounds; {figures['machine']}).\n\n"
        + table(("size", "rows and index rows", "engine's file", "made in"), *worlds)
        + f"\nMedians of wall milliseconds through the door, log-in with its hash. {_flat(figures['wall'], sizes)}\n\n"
        + "![Latency against size](figures/scale.png)\n\n"
        + _sized(figures["wall"], sizes)
        + f"\nMedians of CPU milliseconds, ours and the engine's: what a busy machine can't blur. {_flat(cpu, sizes)}\n\n"
        + "![CPU against size](figures/scale_cpu.png)\n\n"
        + _sized(cpu, sizes)
        + "\nCapacity units of DynamoDB by operation:\n\n![Capacity against size](figures/scale_units.png)\n\n"
        + _sized(units, sizes)
        + "\nWhat schedules do follows what is due: milliseconds of CPU for each thing due in the largest world, without what a run "
        "takes that finds\nnothing due.\n\n"
        + table(("task", *(f"{due} due" for due in figures["due"][1:])), *_each(cpu, sizes[-1], figures["due"][1:]))
    )


def _drawn(name: str, title: str, unit: str, found: Found) -> None:
    series = {operation: {float(size): value for size, value in one.items() if value} for operation, one in found.items()}
    lines(
        FIGURES / f"{name}.png", title, "accounts, grants and cases in the world", unit, {name: one for name, one in series.items() if one}
    )


def _sized(found: Found, sizes: list[str]) -> str:
    rows = [(name, *(f"{one[size]:.1f}" for size in sizes), f"{_ratio(one, sizes):.2f}") for name, one in found.items()]
    return table(("operation", *(f"{int(size):,}" for size in sizes), "largest : smallest"), *rows)


def _flat(found: Found, sizes: list[str]) -> str:
    beyond = [name for name, one in found.items() if _ratio(one, sizes) > FLAT]
    return f"All are flat within {FLAT - 1:.0%}." if not beyond else f"Flat within {FLAT - 1:.0%} but for {', '.join(beyond)}."


def _ratio(one: Mapping[str, float], sizes: list[str]) -> float:
    return one[sizes[-1]] / one[sizes[0]] if one[sizes[0]] else 1.0


def _each(cpu: Found, size: str, dues: list[int]) -> list[tuple[str, ...]]:
    rows = []
    for task in TASKS:
        idle = cpu[f"{task}, 0 due"][size]
        rows.append((task, *(f"{(cpu[f'{task}, {due} due'][size] - idle) / due:.2f}" for due in dues)))
    return rows
