"""The workflow's side of cases: which execution follows a case, where it waits, when it must be looked at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import Keys
from expertgate.outbound.rows import read_together, updated
from expertgate.outbound.world import World
from expertgate.records import Record
from expertgate.review.model import Case
from expertgate.review.rules.queues import CHECK_SHARDS, shard
from expertgate.review.store.cases import to_case
from expertgate.review.store.rows import META, RUN, ByCheck, CaseRow, RunRow, case_key
from expertgate.settings import LIMITS


class Run(Record):
    """The execution that follows a case: named by case, round and attempt; `waits_at` is the level it holds a token for."""

    case_id: str
    round: int
    attempt: int
    waits_at: int | None
    token: str | None
    repairs: int
    settled: bool


def case_and_run(world: World, case_id: str) -> tuple[Case, Run] | None:
    """Return a case and its run as they stand at one moment, None where there is no such case."""
    key = case_key(case_id)
    found = read_together((CaseRow, key, META), (RunRow, key, RUN))
    case_row, run_row = cast("CaseRow | None", found[0]), cast("RunRow | None", found[1])
    if case_row is None or run_row is None:
        return None
    return to_case(case_row, world.keys), _run(run_row, world.keys)


def begin(change: Change, case_id: str) -> None:
    """Add the run of a new case: its first attempt is to be started."""
    row = RunRow(pk=case_key(case_id), sk=RUN, round=1, attempt=1, check_shard=_shard(case_id), check_at=_soon(change.now))
    change.put(row)


def follow_on(change: Change, case_id: str) -> None:
    """Have it checked soon that the workflow heard of this change."""
    change.update(RunRow(pk=case_key(case_id), sk=RUN), _checked(case_id, _soon(change.now)), when=RunRow.pk.exists())


def begin_again(change: Change, case: Case, run_round: int) -> None:
    """Let a fresh execution follow the case: the former one has ended with its round, or will find itself replaced."""
    attempt = RunRow.attempt.set(1) if case.round != run_round else RunRow.attempt.set(RunRow.attempt + 1)
    actions = [RunRow.round.set(case.round), attempt, *_unarmed(), *_checked(case.id, _soon(change.now))]
    change.update(RunRow(pk=case_key(case.id), sk=RUN), actions, when=RunRow.round == run_round)


def arm(change: Change, case: Case, run: Run, token: str) -> None:
    """Keep the token with which the execution waits, if the case is still where it was read."""
    row = RunRow(pk=case_key(case.id), sk=RUN)
    row.seal(change.world.keys, {"token": token})
    later = change.now + timedelta(seconds=LIMITS.case_check_every)
    actions = [RunRow.sealed.set(row.sealed), RunRow.waits_at.set(case.level), RunRow.repairs.set(0), *_checked(case.id, stamp(later))]
    change.check(CaseRow(pk=case_key(case.id), sk=META), when=CaseRow.version == case.version)
    change.update(row, actions, when=_is(run))


def settle(change: Change, run: Run) -> None:
    """Nothing is left for the workflow to do in this round."""
    row = RunRow(pk=case_key(run.case_id), sk=RUN)
    change.update(row, [RunRow.check_shard.remove(), RunRow.check_at.remove(), *_unarmed()], when=_is(run))


def replace(run: Run) -> Run | None:
    """Count up the attempt of a run whose execution is gone; None when somebody else was quicker."""
    actions = [RunRow.attempt.set(run.attempt + 1), *_unarmed()]
    if not updated(RunRow(pk=case_key(run.case_id), sk=RUN), actions, _is(run)):
        return None
    return Run(run.case_id, run.round, run.attempt + 1, None, None, run.repairs, settled=False)


def look_again(run: Run, at: datetime, repairs: int) -> None:
    """Note when the run is looked at next; a run that moved meanwhile keeps its own time."""
    actions: list[Action] = [RunRow.check_at.set(stamp(at)), RunRow.repairs.set(repairs)]
    updated(RunRow(pk=case_key(run.case_id), sk=RUN), actions, _is(run) & RunRow.check_shard.exists())


def to_check(before: datetime | None) -> Iterator[str]:
    """Yield the cases whose run must be looked at: due before an instant, or all that are not settled."""
    due = ByCheck.check_at <= stamp(before) if before is not None else None
    for number in range(CHECK_SHARDS):
        for row in RunRow.by_check.query(_partition(number), due, page_size=LIMITS.page_size_most):
            yield row.pk.removeprefix("CASE#")


def _run(row: RunRow, keys: Keys) -> Run:
    token = row.unseal(keys).get("token")
    level: float | None = row.waits_at
    case_id = row.pk.removeprefix("CASE#")
    waits_at = None if level is None else int(level)
    return Run(case_id, int(row.round), int(row.attempt), waits_at, token, int(row.repairs), row.check_shard is None)


def _is(run: Run) -> Condition:
    same: Condition = (RunRow.round == run.round) & (RunRow.attempt == run.attempt)
    return same


def _unarmed() -> list[Action]:
    return [RunRow.sealed.remove(), RunRow.waits_at.remove()]


def _checked(case_id: str, at: str) -> list[Action]:
    return [RunRow.check_shard.set(_shard(case_id)), RunRow.check_at.set(at)]


def _soon(now: datetime) -> str:
    return stamp(now + timedelta(seconds=LIMITS.callback_grace))


def _shard(case_id: str) -> str:
    return _partition(shard(case_id, CHECK_SHARDS))


def _partition(number: int) -> str:
    return f"RUN#{number}"
