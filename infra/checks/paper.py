"""Writes the money of docs/scale.md: counted units of docs/cost.md, times and prices of infra/checks/paper.json, each step shown."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE, COUNTED = ROOT / "docs/scale.md", ROOT / "docs/cost.md"
PARAMETERS = ROOT / "infra/checks/paper.json"
BEGIN, END = "<!-- money, by python -m infra.checks.paper -->\n", "<!-- end of the money -->\n"
MILLION, GB_KB, GB_MB = 1_000_000, 1_000_000, 1_000
FIRST_TIER = 300 * MILLION
_SERVICES = ("kms ", "s3 ", "sns ", "stepfunctions ")


@dataclass(frozen=True)
class Counted:
    """What docs/cost.md says of one action."""

    read_units: float
    write_units: float
    service_calls: int


@dataclass(frozen=True)
class Line:
    """One line of the bill: how often a month, what one million of it costs, and how that is made up."""

    what: str
    times: float
    how_often: str
    of_a_million: float
    made_up: str

    @property
    def dollars(self) -> float:
        """Return what it costs a month."""
        return self.times / MILLION * self.of_a_million


def parameters() -> dict[str, Any]:
    """Return what the paper's country is taken to do, and what AWS asks for it."""
    read: dict[str, Any] = json.loads(PARAMETERS.read_text("utf-8"))
    return read


def counted(page: str) -> dict[str, Counted]:
    """Return the units of each action and its calls of other services, read out of the generated page."""
    rows = re.findall(r"^\| (\w+\.\w+) \|(?:[^|]*\|){5} ([\d.]+) \| ([\d.]+) \| [\d.]+ \|$", page, re.MULTILINE)
    calls = dict(re.findall(r"^\* \*\*(\w+\.\w+)\*\*: (.*)$", page, re.MULTILINE))
    return {name: Counted(float(reads), float(writes), _elsewhere(calls.get(name, ""))) for name, reads, writes in rows}


def _elsewhere(calls: str) -> int:
    return sum(call.startswith(_SERVICES) for call in calls.split("; "))


def bill(given: dict[str, Any], units: dict[str, Counted]) -> list[Line]:
    """Return what the actions of a month cost, a line each."""
    return [_line(one, given, units[one["action"]]) for one in given["actions"]]


def _line(one: dict[str, Any], given: dict[str, Any], units: Counted) -> Line:
    prices = {name: price["dollars"] for name, price in given["prices"].items()}
    milliseconds = given["month"]["log_in_ms" if one["action"] == "account.log_in" else "other_ms"]
    millisecond = given["month"]["memory_gb"] * prices["gb_second"] * MILLION / 1000
    parts = [
        (f"{units.read_units:g} × {prices['read_unit']:g}", units.read_units * prices["read_unit"]),
        (f"{units.write_units:g} × {prices['write_unit']:g}", units.write_units * prices["write_unit"]),
        (f"{prices['invocation']:g} + {milliseconds} × {millisecond:.4f}", prices["invocation"] + milliseconds * millisecond),
        (f"{units.service_calls} × {prices['service_call']:g}", units.service_calls * prices["service_call"]),
    ]
    times, how_often = _times(one, given)
    return Line(
        f"{one['what']} (`{one['action']}`)",
        times,
        how_often,
        sum(part for _, part in parts),
        " + ".join(text for text, part in parts if part),
    )


def log_ins(given: dict[str, Any]) -> float:
    """Return the log-ins of a month."""
    month = given["month"]
    return float(given["world"]["log_ins_a_second"] * month["average_of_peak"] * month["seconds"])


def _times(one: dict[str, Any], given: dict[str, Any]) -> tuple[float, str]:
    cases, levels = given["month"]["cases"], given["month"]["levels_of_a_case"]
    if "of_log_ins" in one:
        return one["of_log_ins"] * log_ins(given), f"{one['of_log_ins']:g} a log-in"
    if "of_cases" in one:
        return one["of_cases"] * cases, f"{one['of_cases']:g} a case"
    return one["of_decisions"] * cases * levels, f"{one['of_decisions']:g} a decision"


type Row = tuple[str, str, float, float]


def beside(given: dict[str, Any], lines: list[Line]) -> list[Row]:
    """Return what is not counted by action: name, steps, dollars a month, dollars that each month adds for good."""
    deeds = sum(line.times * one.get("audit", 0) for line, one in zip(lines, given["actions"], strict=True))
    return [*_of_requests(given, sum(line.times for line in lines)), *_of_rows(given, deeds)]


def _of_requests(given: dict[str, Any], requests: float) -> list[Row]:
    month, price = given["month"], {name: one["dollars"] for name, one in given["prices"].items()}
    first, later, times = min(requests, FIRST_TIER) / MILLION, max(0, requests - FIRST_TIER) / MILLION, f"{requests:,.0f}"
    gate, traced = first * price["request"] + later * price["request_later"], requests * month["traced_share"] / MILLION
    parts = [("log lines", month["log_kb_of_a_request"], price["log_gb"]), ("traffic", month["answer_kb"], price["traffic_gb"])]
    sized = [(name, kb, requests * kb / GB_KB, dollars) for name, kb, dollars in parts]
    return [
        (
            "HTTP API",
            f"{times} requests: the first 300 million at {price['request']:g}, then {price['request_later']:g} a million",
            gate,
            0,
        ),
        ("traces", f"{times} × {month['traced_share']:g} × {price['trace']:g} a million", traced * price["trace"], 0),
        *((name, f"{times} × {kb:g} KB = {size:,.0f} GB × {dollars:g}", size * dollars, 0) for name, kb, size, dollars in sized),
    ]


def _of_rows(given: dict[str, Any], deeds: float) -> list[Row]:
    world, month, price = given["world"], given["month"], {name: one["dollars"] for name, one in given["prices"].items()}
    rows = (world["persons"] * month["person_kb"] + world["units"] * month["unit_kb"]) / GB_KB
    cases, each = month["cases"], month["evidence_mb_of_a_case"]
    audit, files, steps = deeds * month["audit_kb"] / GB_KB, cases * each / GB_MB, cases * month["transitions_of_a_case"]
    kept = price["table_gb"] + price["recovery_gb"]
    return [
        ("rows of persons and units", f"{rows:,.0f} GB × ({price['table_gb']:g} + {price['recovery_gb']:g})", rows * kept, 0),
        ("workflow", f"{steps:,.0f} transitions × {price['transition']:g} a million", steps / MILLION * price["transition"], 0),
        ("audit, kept for good", f"{deeds:,.0f} rows × {month['audit_kb']:g} KB = {audit:,.0f} GB × {kept:g}", 0, audit * kept),
        ("evidence", f"{cases:,} × {each:g} MB = {files:,.0f} GB × {price['object_gb']:g}", 0, files * price["object_gb"]),
    ]


def told(given: dict[str, Any], units: dict[str, Counted]) -> str:
    """Return the section: each price with its source, each line with its steps, the sum."""
    lines = bill(given, units)
    others = beside(given, lines)
    total, more = sum(line.dollars for line in lines) + sum(one[2] for one in others), sum(one[3] for one in others)
    month = given["month"]
    peak = f"{given['world']['log_ins_a_second']:,} a second × {month['average_of_peak']:g} of it on average × {month['seconds']:,} s"
    text = [
        f"{peak} = {log_ins(given):,.0f} log-ins a month; {month['cases']:,} cases of {month['levels_of_a_case']} levels.",
        "",
        "| action | times a month | how | dollars a million: reads + writes + invocation + ms + other services | = | dollars a month |",
        "| --- | ---: | --- | --- | ---: | ---: |",
        *[
            f"| {one.what} | {one.times:,.0f} | {one.how_often} | {one.made_up} | {one.of_a_million:.2f} | {one.dollars:,.0f} |"
            for one in lines
        ],
        "",
        "| beside the actions | steps | dollars a month | more each month |",
        "| --- | --- | ---: | ---: |",
        *[f"| {name} | {steps} | {dollars:,.0f} | {added:,.0f} |" for name, steps, dollars, added in others],
        f"| **all** | | **{total:,.0f}** | {more:,.0f} |",
        "",
        "| price | dollars | source |",
        "| --- | ---: | --- |",
        *[f"| {one['for']} | {one['dollars']:g} | {one['source']} |" for one in given["prices"].values()],
    ]
    return "\n".join(text) + "\n"


def write(page: Path = PAGE) -> None:
    """Put the money between its two marks."""
    section = told(parameters(), counted(COUNTED.read_text("utf-8")))
    head, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{head}{BEGIN}\n{section}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    write()
