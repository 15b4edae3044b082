"""The import of old accounts at full size: `python -m tests.benchmarks.legacy_import [rows] [--form csv|jsonl]`.

On a system of its own: begun, killed (SIGKILL) after a third, gone on with to its end, and done once more, which finds everything there.
"""

import argparse
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from infra.local.demo.server import Server
from tests.benchmarks.engine import memory_of
from tests.benchmarks.ground import ROOT, end_in_peace, keep, machine, say

_ROWS = "SELECT count(*) FROM \"{}\" WHERE pk LIKE 'S:{}%' AND sk = 'S:{}'"


def main(arguments: list[str] | None = None) -> None:
    """Import, be killed, go on, import again, count, keep."""
    end_in_peace()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("--form", choices=("csv", "jsonl"), default="csv")
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="expertgate-import-") as folder, Server() as server:
        file = Path(folder) / f"accounts.{chosen.form}"
        subprocess.run([sys.executable, "-m", "tests.benchmarks.legacy_file", str(file), str(chosen.rows)], cwd=ROOT, check=True)
        figures = played(server, file, chosen.rows)
    keep("legacy_import", {"machine": machine(), "rows": chosen.rows, "form": chosen.form, **figures}, chosen.figures)


def played(server: Server, file: Path, rows: int) -> dict[str, Any]:
    """Return what the three runs took and left."""
    process = json.loads((server.state / "running.json").read_text())["pid"]
    before, there = memory_of(process), counted(server.state)
    first = killed(server.state, file)
    second = ended(server.state, file, "--resume")
    left = since(there, server.state)
    third = ended(server.state, file)
    demand(second, left, third, rows)
    say(f"import: {second}; again: {third}; left: {left}")
    again = since(there, server.state)
    if again != left:
        raise RuntimeError(f"the second import left {again}, the first {left}")
    return {"killed_after": first, "resumed": second, "again": third, "left": left, "server_mb": [before, memory_of(process)]}


def demand(resumed: dict[str, float], left: dict[str, int], again: dict[str, float], rows: int) -> None:
    """Demand that every row is an account, once.

    Raises RuntimeError.
    """
    expected = {"accounts": rows, "keys": rows, "gates": rows}
    if resumed["imported"] != rows or left != expected or (again["imported"], again["unchanged"]) != (0, rows):
        raise RuntimeError(f"{resumed} {left} {again}")


def killed(state: Path, file: Path) -> float:
    """Begin an import that is killed (SIGKILL) after a third and return how many seconds it had worked.

    Raises RuntimeError: it came to its end.
    """
    begun, process = time.monotonic(), command(state, file, module="tests.benchmarks.import_killed")
    _, told = process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError(f"not killed but {process.returncode}: {told}")
    say(f"import: killed after {time.monotonic() - begun:.0f} s")
    return time.monotonic() - begun


def ended(state: Path, file: Path, *options: str) -> dict[str, float]:
    """Import to the end and return counts, seconds, lines a second and the command's highest memory."""
    process = command(state, file, *options)
    _, told = process.communicate()
    if process.returncode:
        raise RuntimeError(told)
    last = told.splitlines()[-1]
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", last)]
    return dict(zip(("imported", "unchanged", "refused", "seconds", "rows_a_second", "peak_mb"), numbers, strict=True))


def command(state: Path, file: Path, *options: str, module: str = "infra.operations.import_accounts") -> subprocess.Popen[str]:
    """Start the operator's command."""
    line = [sys.executable, "-m", module, str(file), "--state", str(state), *options]
    report = ["--report", str(file.with_suffix(".report.jsonl"))]
    return subprocess.Popen([*line, *report], cwd=ROOT, env=os.environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def since(there: dict[str, int], state: Path) -> dict[str, int]:
    """Return what came since: the platform's first administrator is there from the beginning."""
    return {name: count - there[name] for name, count in counted(state).items()}


def counted(state: Path) -> dict[str, int]:
    """Return how many accounts, keys of old accounts and gates of accounts lie in the engine's file."""
    with closing(sqlite3.connect(f"file:{state / 'tables.db'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        accounts, sessions = (next(name for name in names if name.endswith(end)) for end in ("AccountsTable", "SessionsTable"))
        wanted = {
            "accounts": (accounts, "ACCOUNT#", "-"),
            "keys": (accounts, "CLAIM#legacy#", "-"),
            "gates": (sessions, "ACCOUNT#", "GATE"),
        }
        return {name: int(database.execute(_ROWS.format(*where)).fetchone()[0]) for name, where in wanted.items()}


if __name__ == "__main__":
    main()
