"""Sweepers side by side until a midnight is over, killed midway; and the proof that nobody was told twice (DEL-08)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from expertgate.delegation.store import GrantRow
from expertgate.notice.store import NoticeRow, box_of
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.standing import SHARDS, unit_key
from tests.scale.midnight import Ended

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 4  # as the template has schedules
LONGEST = 3_600
_LOOKS_EACH = 0.5  # seconds


@dataclass(frozen=True)
class Swept:
    """How long it took by the clock and in CPU of the sweepers, and how many were closed after the kill."""

    seconds: float
    cpu: float
    after_kill: int


def swept_with_a_kill(address: str, ended: Ended, number: int, see: Callable[[int], None]) -> Swept:
    """Sweep until nothing is left, killing all sweepers when half is done; `see` is told how many are done, now and then."""
    began, spent = time.monotonic(), _children()
    sweepers = _sweepers(address)
    while (done := _about(ended)) < number // 2 and any(one.poll() is None for one in sweepers):
        see(done)
        time.sleep(_LOOKS_EACH)
    for one in sweepers:
        one.kill()
        one.communicate()
    after = 0
    while some := _finished(_sweepers(address), ended, see):  # a function's time may end before its shards do; the schedule comes again
        after += some
    see(closed(ended))
    return Swept(time.monotonic() - began, _children() - spent, after)


def closed(ended: Ended) -> int:
    """Return how many grants were closed, by the audit trail."""
    return sum(map(_of_unit, ended.units))


def faults_in(ended: Ended, number: int) -> list[str]:
    """Return what is wrong after a midnight: a grant left, closed twice, or a side told twice or not at all."""
    of_agents = [NoticeRow.count(box_of(one)) for one in ended.agents]
    of_units = [NoticeRow.count(box_of(one)) for one in ended.units]
    left = sum(GrantRow.by_due.count(f"due#{shard}") for shard in range(SHARDS))
    right = {
        "each grant has one entry in the audit trail": closed(ended) == number,
        "each agent has a notice for each of its grants": set(of_agents) == {number // len(ended.agents)},
        "each unit has a notice for each of its grants": set(of_units) == {number // len(ended.units)},
        "nothing is left to be looked at": left == 0,
    }
    return [what for what, holds in right.items() if not holds]


def _about(ended: Ended) -> int:
    """Return about how many were closed without counting them all: the shards mix the units, so that one stands for the others."""
    return _of_unit(ended.units[0]) * len(ended.units)


def _of_unit(unit_id: str) -> int:
    return AuditRow.count(f"{unit_key(unit_id)}#SERVICE#fepms")


def _sweepers(address: str) -> list[subprocess.Popen[str]]:
    share = SHARDS // WORKERS
    return [_sweeper(address, range(first, first + share)) for first in range(0, SHARDS, share)]


def _sweeper(address: str, shards: range) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scale.sweeper", address, *map(str, shards)]
    paths = f"{ROOT}{os.pathsep}{ROOT / 'layers/common'}"
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True)


def _finished(sweepers: list[subprocess.Popen[str]], ended: Ended, see: Callable[[int], None]) -> int:
    until = time.monotonic() + LONGEST
    while any(one.poll() is None for one in sweepers) and time.monotonic() < until:
        see(_about(ended))
        time.sleep(_LOOKS_EACH)
    return sum(int(one.communicate()[0] or 0) for one in sweepers)


def _children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system
