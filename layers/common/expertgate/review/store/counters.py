"""Counters of the review desk (REV-07): changed in the transaction they count, spread so that a busy bureau does not wait for itself."""

from datetime import datetime

from pynamodb.expressions.update import Action

from expertgate.forms.dates import shanghai_day
from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Row
from expertgate.review.model import Case, CaseState, Level
from expertgate.review.rules.queues import is_nation_wide, shard
from expertgate.settings import LIMITS, variable

NOW = "now"
_SHARDS = 4
# A row that many transactions want at once refuses most of them: where a whole country meets, a shard has this many rows, one query all.
_ROWS_OF_A_NATION = 16


class CountRow(Row):
    """What happened in one month, or is open now, of one kind at one bureau."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    level = UnicodeAttribute(null=True)
    submitted = NumberAttribute(null=True)
    approved = NumberAttribute(null=True)
    returned = NumberAttribute(null=True)
    rejected = NumberAttribute(null=True)
    withdrawn = NumberAttribute(null=True)
    decided = NumberAttribute(null=True)
    seconds = NumberAttribute(null=True)
    in_review = NumberAttribute(null=True)
    waiting_return = NumberAttribute(null=True)
    suspended = NumberAttribute(null=True)


_GAUGES = {
    CaseState.IN_REVIEW: CountRow.in_review,
    CaseState.RETURNED: CountRow.waiting_return,
    CaseState.SUSPENDED: CountRow.suspended,
}


_NUMBERS = (
    "submitted",
    "approved",
    "returned",
    "rejected",
    "withdrawn",
    "decided",
    "seconds",
    "in_review",
    "waiting_return",
    "suspended",
)


def count_move(change: Change, before: Case | None, after: Case) -> None:
    """Move a case between what is open now: out of where it was, into where it is."""
    if before is not None and (before.here, before.state) == (after.here, after.state):
        return
    steps: dict[Level, list[Action]] = {}
    for one, step in ((before, -1), (after, 1)):
        if one is not None and one.state.is_open:
            steps.setdefault(one.here, []).append(_GAUGES[one.state].add(step))
    for level, actions in steps.items():
        change.note(_row(after, level, NOW), [*actions, CountRow.level.set(level.name)])


def count_event(change: Change, case: Case, level: Level, **amounts: int) -> None:
    """Add to what happened this month at a level."""
    actions = [getattr(CountRow, name).add(amount) for name, amount in amounts.items()]
    change.note(_row(case, level, month_of(change.now)), [*actions, CountRow.level.set(level.name)])


def counts(period: str, bureau: str | None) -> dict[tuple[str, str, str], dict[str, int]]:
    """Return (bureau, level, kind) -> numbers of a month (`2026-03`) or of now, of one bureau or of all."""
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    prefix = CountRow.sk.startswith(f"{bureau}#") if bureau else None
    for number in range(_SHARDS):
        for row in CountRow.query(_partition(period, number), prefix, page_size=LIMITS.page_size_most):
            owner, kind = row.sk.split("#")[:2]
            total = found.setdefault((owner, str(row.level), kind), {})
            for name in _NUMBERS:
                total[name] = total.get(name, 0) + int(getattr(row, name) or 0)
    return found


def month_of(now: datetime) -> str:
    """Return the month of an instant, in Shanghai."""
    return f"{shanghai_day(now):%Y-%m}"


def _row(case: Case, level: Level, period: str) -> CountRow:
    return CountRow(pk=partition_of(period, case.id), sk=sort_of(level, case.kind, case.id))


def partition_of(period: str, case_id: str) -> str:
    """Return the partition in which a case is counted."""
    return _partition(period, shard(case_id, _SHARDS))


def sort_of(level: Level, kind: str, case_id: str) -> str:
    """Return the sort key under which a case is counted at a level."""
    # Not the remainder that chose the partition: it would leave most of these rows empty.
    return f"{level.bureau}#{kind}" + (f"#{shard(case_id, _SHARDS * _ROWS_OF_A_NATION) // _SHARDS}" if is_nation_wide(level) else "")


def _partition(period: str, number: int) -> str:
    return f"COUNT#{period}#{number}"
