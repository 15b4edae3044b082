"""Writes docs/cost.md: what each action asks of AWS, counted while the tests of its door ran, and what a million of it cost.

The month of a whole country in docs/scale.md follows from it (`paper`).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.checks import paper

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/cost.md"
BUDGETS = ROOT / "infra/checks/budgets.json"
NOT_COUNTED = ("read repeats", "update sessions ACCOUNT SESSION")
SESSION = ("read together", "sessions ACCOUNT GATE", "sessions ACCOUNT SESSION")  # with what its door reads along
MILLION = 1_000_000
LEGEND = {
    "c": "a counter, code or try: written before anything is compared, in a write of its own, since a refused try must count too",
    "d": "a read whose key is only known from the one before",
    "s": "one query for each shard, so that no busy state lies in one partition",
    "w": "a second write: what comes after the transaction and may be lost (a reconciler repeats it), or a batch of independent rows",
    "o": "another service",
}


@dataclass(frozen=True)
class Prices:
    """List prices in dollars: DynamoDB per million units, Lambda per GB-second and per million, HTTP API and services per million."""

    read_unit: float
    write_unit: float
    gb_second: float
    invocation: float
    request: float
    service_call: float
    milliseconds: float


@dataclass(frozen=True)
class Measured:
    """What the tests saw of one action."""

    action: str
    usual: tuple[str, ...]
    most: int
    read_units: float
    write_units: float

    @property
    def counted(self) -> list[str]:
        """Return the calls that the budget counts."""
        return [label for label in self.usual if label not in NOT_COUNTED]

    @property
    def least(self) -> int:
        """Return what is least for an action of this kind: its session, one read, one write, where it has them."""
        rest = [label for label in self.counted if not _is_session(label)]
        return (len(rest) < len(self.counted)) + any(map(_is_read, rest)) + any(not _is_read(label) for label in rest)

    @property
    def beyond(self) -> str:
        """Return why there are more calls than the least, by the letters of the legend."""
        rest = [label for label in self.counted if not _is_session(label)]
        reads, writes = [label for label in rest if _is_read(label)], [label for label in rest if not _is_read(label)]
        last = next((label for label in reversed(writes) if label.startswith("transaction")), writes[-1] if writes else None)
        if last is not None:
            writes.remove(last)
        reasons = Counter(map(_reason, [*reads[1:], *writes]))
        return " ".join(reason if times == 1 else f"{times}{reason}" for reason, times in sorted(reasons.items()))


def _is_session(label: str) -> bool:
    return all(part in label for part in SESSION)


def _is_read(label: str) -> bool:
    return label.startswith(("read", "query", "scan"))


def _reason(label: str) -> str:
    if label.startswith("query"):
        return "s"
    if _is_read(label):
        return "d"
    if any(word in label for word in ("LIMIT", "CODE", "TRIES", "WRONG", "CAPTCHA")):
        return "c"
    return "o" if label.split(" ", maxsplit=1)[0] in {"kms", "s3", "sns", "stepfunctions"} else "w"


def measure() -> Path:
    """Run the tests of the doors and return the folder with what they counted."""
    folder = Path(tempfile.mkdtemp())
    command = [sys.executable, "-m", "pytest", "--no-header", "-q", "-n", "2", "tests/functions"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"EXPERTGATE_SPENDING": str(folder)}, check=True, stdout=subprocess.DEVNULL)
    return folder


def read(folder: Path) -> list[Measured]:
    """Return what was counted, the actions in order."""
    calls: dict[str, Counter[tuple[str, ...]]] = {}
    units: dict[str, list[float]] = {}
    for file in sorted(folder.glob("*.json")):
        written: dict[str, Any] = json.loads(file.read_text("utf-8"))
        for action, seen in written["calls"].items():
            for labels, times in seen:
                calls.setdefault(action, Counter())[tuple(labels)] += times
        for action, pair in written["units"].items():
            units[action] = max(units.get(action, [0, 0]), pair, key=sum)
    return [_measured(action, seen, units[action]) for action, seen in sorted(calls.items())]


def _measured(action: str, seen: Counter[tuple[str, ...]], units: list[float]) -> Measured:
    usual = seen.most_common(1)[0][0]
    most = max(sum(label not in NOT_COUNTED for label in labels) for labels in seen)
    return Measured(action, usual, most, *units)


def page(found: list[Measured], prices: Prices) -> str:
    """Return docs/cost.md."""
    budgets = json.loads(BUDGETS.read_text("utf-8"))
    lines = [*_head(prices, budgets["house"]["why"], budgets["house"]["most"])]
    lines += [_row(one, budgets, prices) for one in found]
    lines += ["", "## Why an action may ask more than the house's budget", "", "| action | budget | why |", "| --- | --- | --- |"]
    lines += [f"| {action} | {one['most'] or '—'} | {one['why']} |" for action, one in sorted(budgets["actions"].items())]
    lines += ["", "## What each action asks", ""]
    lines += [f"* **{one.action}**: {'; '.join(one.usual) or 'nothing'}" for one in found]
    return "\n".join(lines) + "\n"


def _head(prices: Prices, house: str, most: int) -> list[str]:
    return [
        "# What each action costs",
        "",
        "Generated by `python -m infra.checks.cost` while the tests of the doors run; `tests/spending.py` fails a test whose action",
        "asks more often than `infra/checks/budgets.json` allows. Calls are those of the usual successful request, the keys of personal",
        "data being in memory (a cold start reads the ring once and has each generation unwrapped by KMS). Units are the largest seen,",
        "with rows as small as in the tests; a transaction counts double, a row in an index once more.",
        "",
        f"The house's budget is {most} calls: {house}",
        "",
        f"Dollars per million: DynamoDB on demand {prices.read_unit} and {prices.write_unit} a million units, Lambda {prices.gb_second}",
        f"a GB-second (1 GB, {prices.milliseconds:g} ms) and {prices.invocation} a million, HTTP API {prices.request}, other services",
        f"{prices.service_call}. These are list prices given as parameters (`--read-unit` and so on), short messages, storage and traffic",
        "left out; put in those of your region.",
        "",
        "Beyond the least (session, one read, one write):",
        "",
        *[f"* **{letter}** {reason}" for letter, reason in LEGEND.items()],
        "",
        "| action | calls | least | beyond | most seen | budget | read units | write units | $ a million |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]


def _row(one: Measured, budgets: dict[str, Any], prices: Prices) -> str:
    budget = budgets["actions"].get(one.action, budgets["house"])["most"]
    cells = (one.action, len(one.counted), one.least, one.beyond, one.most, budget or "—")
    return f"| {' | '.join(map(str, cells))} | {one.read_units:g} | {one.write_units:g} | {_dollars(one, prices):.2f} |"


def _dollars(one: Measured, prices: Prices) -> float:
    """Return what a million of these cost."""
    tables = one.read_units * prices.read_unit + one.write_units * prices.write_unit
    function = prices.invocation + prices.gb_second * prices.milliseconds / 1000 * MILLION
    others = sum(label.split(" ")[0] in {"kms", "s3", "sns", "stepfunctions"} for label in one.usual)
    return tables + function + prices.request + others * prices.service_call


def main() -> None:
    """Count, unless a folder with counts is given, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counted", type=Path, help="folder that a test run wrote (EXPERTGATE_SPENDING)")
    for name, default in (("read-unit", 0.125), ("write-unit", 0.625), ("gb-second", 0.0000133334), ("invocation", 0.2)):
        parser.add_argument(f"--{name}", type=float, default=default)
    for name, default in (("request", 1.0), ("service-call", 5.0), ("milliseconds", 30.0)):
        parser.add_argument(f"--{name}", type=float, default=default)
    chosen = vars(parser.parse_args())
    folder = chosen.pop("counted") or measure()
    PAGE.write_text(page(read(folder), Prices(**chosen)), "utf-8")
    paper.write()


if __name__ == "__main__":
    main()
