"""A short sample of each benchmark, so that none of them rots: it runs to its end and tells what the page wants; no time decides."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.local.dynoxide import find
from tests.benchmarks import cold, report, report_load, report_size
from tests.benchmarks.ground import ROOT
from tests.benchmarks.legacy_file import a_record

MINUTES = 900
SAMPLES = {
    "load": ("3", "5", "--no-cpu"),
    "scale": ("20", "40", "--due", "0", "2", "4", "--rounds", "1"),
    "legacy_import": ("600", "--form", "jsonl"),
    "partitions": ("2000",),
    "cold": ("2", "--doors", "account.close_account"),
    "warm": ("4", "--doors", "account.show_account", "review.list_queue"),
}
# Other suites lead the product to their engines by the environment: a benchmark starts its own.
_CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "EXPERTGATE_"))}

pytestmark = pytest.mark.skipif(find(ROOT) is None, reason="benchmarks are about the engine of one machine")


def _sampled(name: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *SAMPLES[name], "--figures", str(folder)]
    environment = {**_CLEAN, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "layers/common")))}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=MINUTES, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    figures: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return figures


def test_worlds_of_two_sizes_play_every_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _sampled("scale", tmp_path)
    monkeypatch.setattr(report_size, "FIGURES", tmp_path)
    page = report_size.told(figures)
    assert all(name in page for name in ("entry to the home page", "log-in", "queue of the nation", "reconciler, 4 due"))
    assert figures["read"]["authority check"]["20"] == figures["read"]["authority check"]["40"]
    assert figures["worlds"]["40"]["rows"] > 1.8 * figures["worlds"]["20"]["rows"] > 36 * 20
    assert {path.name for path in tmp_path.glob("*.png")} == {"scale.png", "scale_cpu.png", "scale_units.png"}


@pytest.mark.slow  # it starts the whole system, half of what all these samples cost
def test_the_load_meets_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _sampled("load", tmp_path)
    monkeypatch.setattr(report_load, "FIGURES", tmp_path)
    assert "**0 errors**" in report_load.told(figures)
    assert figures["load"]["operations"] == 15


def test_an_import_is_killed_and_ends_whole(tmp_path: Path) -> None:
    figures = _sampled("legacy_import", tmp_path)
    assert figures["left"] == {"accounts": 600, "keys": 600, "gates": 600}
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report_load.BEGIN}old\n{report_load.END}after\n", "utf-8")
    for _ in range(2):
        report_load.write_import(page, figures)
    text = page.read_text("utf-8")
    assert (text.startswith("before\n"), text.endswith("after\n"), "old" in text, text.count("600 rows")) == (True, True, False, 1)


def test_a_door_starts_cold_beside_the_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _sampled("cold", tmp_path)
    doors = figures["doors"]
    assert {name: one["statuses"] for name, one in doors.items()} == {
        "floor": [200] * 4,
        "functions.account.close_account": [201, 201],  # it ends its session and its account: each start has others
    }
    assert doors["functions.account.close_account"]["modules"] > doors["floor"]["modules"]
    monkeypatch.setattr(report, "FIGURES", tmp_path)
    assert "account.close_account" in report.cold(figures)


def test_a_refused_start_ends_the_run() -> None:
    asked: dict[str, list[dict[str, Any]]] = {
        "floor": [{"status": 200}],
        "a.b": [{"status": 200}, {"status": 401}],
        "a.c": [{"status": 302}],
    }
    assert cold.refused(asked) == ["a.b was answered [200, 401]"]


def test_warm_doors_and_operations_are_told(tmp_path: Path) -> None:
    figures = _sampled("warm", tmp_path)
    assert {name: one["status"] for name, one in figures["doors"].items()} == {"account.show_account": 200, "review.list_queue": 200}
    assert figures["operations"]["show_account"]["calls"] < figures["operations"]["log_in"]["calls"]
    assert "account.show_account" in report.warm(figures)


def test_no_partition_takes_more_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _sampled("partitions", tmp_path)
    hot = {name for name, one in figures["loads"].items() if one["hottest_rate"] > one["limit"]}
    assert hot == {name for name, one in figures["loads"].items() if one["remedy"]}
    monkeypatch.setattr(report, "FIGURES", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.HOT}STALE\n{report.COOL}after\n", "utf-8")
    for _ in range(2):
        report.write_partitions(page, figures)
    text = page.read_text("utf-8")
    assert (text.startswith("before\n"), text.endswith("after\n"), "STALE" in text, text.count("register more clients")) == (
        True,
        True,
        False,
        1,
    )
    assert (tmp_path / "partitions.png").exists()


def test_a_file_of_old_accounts_is_the_same_again() -> None:
    assert [a_record(number) for number in range(20)] == [a_record(number) for number in range(20)]
    assert [a_record(number)["kind"] for number in (0, 1, 10)] == ["unit", "person", "unit"]
