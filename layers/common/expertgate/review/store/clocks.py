"""Reminders still to be sent: one row per case whose time runs, found by the instant it is due."""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.expressions.update import Action

from expertgate.catalogue.store import workdays
from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row
from expertgate.records import Record
from expertgate.review.model import Case
from expertgate.review.rules.queues import CHECK_SHARDS, shard
from expertgate.review.rules.reminders import Step, is_clock_running, remind_at
from expertgate.review.store.rows import ByCheck, case_key
from expertgate.settings import LIMITS, variable

_CLOCK = "CLOCK"


class ClockRow(Row):
    """The next reminder of a case: which step, for which due time."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    step = NumberAttribute(null=True)
    due = UnicodeAttribute(null=True)
    check_shard = UnicodeAttribute(null=True)
    check_at = UnicodeAttribute(null=True)
    by_check = ByCheck()


class Clock(Record):
    """The next reminder of a case."""

    case_id: str
    step: Step
    due: str


def follow(change: Change, old: Case | None, new: Case) -> None:
    """Set the clock anew where the case moved to another level or its time began, stop it where its time stopped."""
    if old is not None and (old.state, old.due, old.level, old.round) == (new.state, new.due, new.level, new.round):
        return
    if is_clock_running(new):
        # A clock that stood still goes on: what was due before is not sent again.
        step = next((one for one in Step if remind_at(workdays(), new, one) > change.now), Step.ESCALATED)
        change.note(ClockRow(pk=case_key(new.id), sk=_CLOCK), _actions(new, step))
    elif old is not None and is_clock_running(old):
        change.forget(ClockRow(pk=case_key(new.id), sk=_CLOCK))


def advance(change: Change, case: Case, clock: Clock, sent: Step) -> None:
    """Note which step was sent: the next one is to come, or none; sent twice at once, one of them fails."""
    unmoved = (ClockRow.step == int(clock.step)) & (ClockRow.due == clock.due)
    row = ClockRow(pk=case_key(case.id), sk=_CLOCK)
    if sent is Step.ESCALATED:
        change.delete(row, when=unmoved)
    else:
        change.update(row, _actions(case, Step(sent + 1)), when=unmoved)


def to_remind(now: datetime) -> Iterator[Clock]:
    """Yield the clocks whose time has come."""
    for number in range(CHECK_SHARDS):
        for found in ClockRow.by_check.query(_partition(number), ByCheck.check_at <= stamp(now), page_size=LIMITS.page_size_most):
            row = ClockRow.find(found.pk, _CLOCK)
            if row is not None and row.check_at <= stamp(now):
                yield Clock(row.pk.removeprefix("CASE#"), Step(int(row.step)), row.due)


def _actions(case: Case, step: Step) -> list[Action]:
    at = remind_at(workdays(), case, step)
    return [
        ClockRow.step.set(int(step)),
        ClockRow.due.set(stamp(case.due)),
        ClockRow.check_shard.set(_partition(shard(case.id, CHECK_SHARDS))),
        ClockRow.check_at.set(stamp(at)),
    ]


def _partition(number: int) -> str:
    return f"CLOCK#{number}"
