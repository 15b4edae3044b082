"""What docs/speed.md says of the running system under load, and docs/legacy-import.md of the import at full size."""

from pathlib import Path
from typing import Any

from tests.benchmarks.drawing import course
from tests.benchmarks.ground import FIGURES
from tests.benchmarks.tables import table

# Milliseconds of CPU an operation should take at most, beside its hash where it has one.
AIMS = {
    "session and one row": 2.0,
    "log-in": 4.0,
    "log-in with a key": 4.0,
    "sign-up with its code": 12.0,
    "sign-up with its code and keys": 12.0,
    "authority check": 2.0,
}
UNHURRIED = 24.0  # milliseconds of CPU of a verify when nothing else slows the machine: the least of many on idle days
_OLD = "The mixed load has not been measured since it has checks, entries and decisions in it: `python -m tests.benchmarks.load` does."
BEGIN, END = "<!-- figures of make bench -->\n", "<!-- end of the figures -->\n"


def told(figures: dict[str, Any]) -> str:
    """Tell of the running system; figures of an earlier form have no mixed load worth telling."""
    load = _load(figures["machine"], figures["load"]) if "operations" in figures["load"] else f"{_OLD}\n"
    return f"## The running system\n\n{_cpu(figures) if figures['cpu'] else ''}{load}"


def _cpu(figures: dict[str, Any]) -> str:
    played, where = figures["cpu"], figures.get("cpu_machine", figures["machine"])
    rows = [
        (
            name,
            f"{one['spent']:.1f}",
            f"{one['hash']:.1f}" if one["hash"] else "",
            f"{one['beyond']:.1f}",
            f"{one['low']:.1f} to {one['high']:.1f}",
            f"{one['beyond'] * UNHURRIED / one['hash']:.1f}" if one["hash"] else "",
            f"{AIMS[name]:.0f}",
            _missed(name, one),
        )
        for name, one in played.items()
    ]
    return (
        f"CPU milliseconds of the server's whole process per operation over HTTP, engine and client not counted ({where});\n"
        "medians of five rounds of twenty to sixty. What goes beyond a hash is the difference to bare Argon2id verifies right before\n"
        "and after; its quartiles stand beside it, since the hash itself changes by half from one second to the next:\n\n"
        + table(("operation", "CPU ms", "of it a hash", "beyond it", "quartiles", "at full pace", "aim", ""), *rows)
        + "\nA virtual machine runs at the pace its neighbours leave it, and the hash tells which: alone it takes"
        + f" {UNHURRIED:.0f} ms.\n`at full pace` is the difference times {UNHURRIED:.0f} over the hash beside it;"
        + " the verdict is about the difference as it was measured.\n"
        "A request with a key does more than one without: where it comes out cheaper, that much and more is noise.\n\n"
    )


def _missed(name: str, took: dict[str, float]) -> str:
    over = round(took["beyond"] - AIMS[name], 1)
    return "reached" if over <= 0 else f"missed by {over}"


def _load(machine: str, load: dict[str, Any]) -> str:
    course(FIGURES / "load_memory.png", "Memory of the server under load", "seconds of load", "MB", load["memory"])
    rows = [(name, *(f"{one[part]:.0f}" for part in ("times", "p50", "p95", "p99"))) for name, one in load["latency"].items()]
    first, last = load["memory_mb"]
    bad = sum(times for status, times in load["statuses"].items() if not status.startswith("2"))
    return (
        f"Mixed load, open loop: {load['operations']:,} operations ({load['requests']:,} requests) at {load['rate']:g} a second for "
        f"{load['seconds']:.0f} s, **{bad} errors** (statuses {load['statuses']}),\nthe server busy for {load['cpu_share']:.0%} of a core, "
        f"memory {first:.0f} MB in the first third, {last:.0f} MB in the last ({machine}). An operation is due at its time\n"
        "whether or not the one before was answered, and its milliseconds count from then; the generator itself began the latest of them "
        f"{load['latest_start_ms']:.0f} ms late.\nThe load comes from 200 addresses, so that our own limits for one client are "
        "not what is measured; decisions are three requests on real\ncases, whose executions go on to the province.\n\n"
        + table(("operation", "times", "p50", "p95", "p99"), *rows)
        + "\n![Memory under load](figures/load_memory.png)\n"
    )


def write_import(page: Path, figures: dict[str, Any]) -> None:
    """Put the figures of the import between their two marks."""
    head, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{head}{BEGIN}\n{_imported(figures)}\n{END}{rest.partition(END)[2]}", "utf-8")


def _imported(figures: dict[str, Any]) -> str:
    resumed, again = figures["resumed"], figures["again"]
    rows = [
        (name, *(f"{one[part]:,.0f}" for part in ("imported", "unchanged", "refused", "seconds", "rows_a_second", "peak_mb")))
        for name, one in (("gone on with, to the end", resumed), ("the same file once more", again))
    ]
    before, after = figures["server_mb"]
    return (
        f"{figures['rows']:,} rows ({figures['form']}, a tenth of them units), killed with SIGKILL after {figures['killed_after']:.0f} s "
        f"({figures['machine']}):\n\n"
        + table(("run", "imported", "unchanged", "refused", "seconds", "rows a second", "peak MB of the command"), *rows)
        + f"\nLeft in the tables: {figures['left']}. The server beside it: {before:.0f} MB before, {after:.0f} MB after.\n"
    )
