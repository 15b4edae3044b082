"""Very many grants that end at one midnight: all closed, each side told once, killed midway or not (DEL-08)."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from expertgate.delegation.store import GrantRow
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.standing import SHARDS
from expertgate.settings import LIMITS
from tests.scale.midnight import Ended, many_ending
from tests.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
FIVE_MINUTES = 300


def _sweeper(address: str, shards: range) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scale.sweeper", address, *map(str, shards)]
    paths = f"{ROOT}{os.pathsep}{ROOT / 'layers/common'}"
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True)


def _sweepers(address: str) -> list[subprocess.Popen[str]]:
    share = SHARDS // WORKERS
    return [_sweeper(address, range(first, first + share)) for first in range(0, SHARDS, share)]


def _done(sweepers: list[subprocess.Popen[str]]) -> int:
    return sum(int(each.communicate(timeout=FIVE_MINUTES)[0] or 0) for each in sweepers)


def _killed_midway(sweepers: list[subprocess.Popen[str]], ended: Ended) -> None:
    """Kill the sweepers once they have told somebody something."""
    until = time.monotonic() + FIVE_MINUTES
    while not any(map(_told, ended.agents[:: len(ended.agents) // 20])) and time.monotonic() < until:
        time.sleep(0.1)
    for each in sweepers:
        each.kill()
        each.communicate()


def _told(account_id: str) -> int:
    return sum(1 for _ in NoticeRow.query(f"ACCOUNT#{account_id}", page_size=1000))


def _all_closed_once(ended: Ended, number: int) -> None:
    """Every grant is closed, has one entry in the audit trail, and each of its sides one notice."""
    per_agent = Counter({agent: _told(agent) for agent in ended.agents})
    per_unit = Counter({unit: _told(unit) for unit in ended.units})
    assert (sum(per_agent.values()), sum(per_unit.values())) == (number, number)
    assert set(per_unit.values()) == {number // len(ended.units)}
    audited = sum(1 for unit in ended.units for _ in AuditRow.query(f"UNIT#{unit}#SERVICE#fepms", page_size=1000))
    assert audited == number
    left = [row for shard in range(SHARDS) for row in GrantRow.by_due.query(f"due#{shard}", limit=1, page_size=1)]
    assert left == []


def test_a_killed_sweep_is_finished_by_the_next(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("another process needs dynoxide")
    number = LIMITS.page_size_most * 10
    ended = many_ending(stage, number)
    _killed_midway(_sweepers(engine), ended)
    assert 0 < _done(_sweepers(engine)) < number
    _all_closed_once(ended, number)


@pytest.mark.slow
def test_a_hundred_thousand_end_within_five_minutes(stage: Stage, engine: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    if engine is None:
        pytest.skip("another process needs dynoxide")
    number = 100_000
    ended = many_ending(stage, number)
    began = time.monotonic()
    _killed_midway(_sweepers(engine), ended)
    second = 0
    while some := _done(_sweepers(engine)):  # a function's time may end before its shards do; the schedule comes again
        second += some
    seconds = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{number} grants closed in {seconds:.0f} s by {WORKERS} sweepers, killed once; {second} after that\n")
    _all_closed_once(ended, number)
    assert seconds <= FIVE_MINUTES
