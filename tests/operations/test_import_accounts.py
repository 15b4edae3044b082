"""The command that imports old accounts: on a running system, killed in the middle, gone on with, and at full size."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.local.dynoxide import find, free_port
from infra.operations.import_accounts import main
from tests.builders.legacy import a_moved_person, a_moved_unit, as_csv
from tests.local.running import ROOT, clean_environment

_CLEAN = {**os.environ, **clean_environment(), "PYTHONPATH": f".{os.pathsep}layers/common"}
# What the tests of the product set would lead the command to their engines.
_CLEAN = {name: value for name, value in _CLEAN.items() if not name.startswith(("AWS_", "EXPERTGATE_"))}


@contextmanager
def _system(state: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "infra.local.run", "--state", str(state), "--port", str(free_port())]
    process = subprocess.Popen(command, cwd=ROOT, env=_CLEAN, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline()
        while not (state / "running.json").exists():
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()  # type: ignore[union-attr]


def _start(state: Path, file: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "infra.operations.import_accounts", str(file), "--state", str(state), *options]
    return subprocess.Popen(command, cwd=ROOT, env=_CLEAN, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ended(process: subprocess.Popen[str]) -> str:
    _, told = process.communicate(timeout=1800)
    assert process.returncode == 0, told
    return told


@pytest.mark.skipif(find(ROOT) is None, reason="without dynoxide rows are in memory only")
def test_a_killed_import_goes_on_to_its_end(tmp_path: Path) -> None:
    state, file, report = tmp_path / "state", tmp_path / "accounts.csv", tmp_path / "report.jsonl"
    bad = a_moved_person(5000, mobile="1")
    file.write_bytes(as_csv(*map(a_moved_person, range(900)), bad, *map(a_moved_unit, range(100)), coding="gb18030"))
    with _system(state):
        first = _start(state, file)
        assert first.stderr is not None
        assert "imported" in first.stderr.readline()
        first.send_signal(signal.SIGKILL)
        first.communicate()
        _ended(_start(state, file, "--resume", "--report", str(report)))
        head, refused = map(json.loads, report.read_text().splitlines())
        assert (head["state"], head["imported"], head["unchanged"], head["refused"]) == ("finished", 1000, 0, 1)
        assert refused == {"line": 902, "column": "mobile", "code": "mobile_form"}
        again = tmp_path / "again.csv"
        told = _ended(_start(state, file, "--report", str(again)))
        assert "imported 0, unchanged 1000, refused 1;" in told
        assert again.read_text().splitlines() == ["line,column,code", "902,mobile,mobile_form"]
        assert again.stat().st_mode & 0o077 == 0


def test_without_a_system_nothing_happens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.csv"), "--state", str(tmp_path)]) == 1
    assert "make run" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_told_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.csv"), "--state", str(tmp_path), "--report", str(tmp_path / "none/report.csv")]) == 1
    assert "no folder for the report" in capsys.readouterr().err


@pytest.mark.slow
def test_a_hundred_thousand_lines_in_one_run(tmp_path: Path) -> None:
    """Memory stays flat: a run of 100,000 lines takes little more than one of 2,000."""
    state, small, big = tmp_path / "state", tmp_path / "small.csv", tmp_path / "big.csv"
    small.write_bytes(as_csv(*(a_moved_person(200_000 + one) for one in range(2_000))))
    big.write_bytes(as_csv(*map(a_moved_person, range(100_000))))
    with _system(state):
        few, many = (_ended(_start(state, file, "--report", str(tmp_path / "report.csv"))).splitlines()[-1] for file in (small, big))
    (tmp_path / "figures.txt").write_text(f"{few}\n{many}\n")
    assert "imported 100000, unchanged 0, refused 0;" in many
    peaks = [int(found[1]) for line in (few, many) if (found := re.search(r"(\d+) MB", line))]
    assert peaks[1] < peaks[0] + 30
