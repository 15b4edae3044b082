"""What an official holds: a row for each claimed case, written with the case, so that nothing is missed when he leaves."""

from collections.abc import Iterator

from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row
from expertgate.review.model import Case
from expertgate.settings import LIMITS, variable


class HeldRow(Row):
    """That an official holds a case: pk the official, sk the case."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    since = UnicodeAttribute(null=True)


def follow(change: Change, old: Case, new: Case) -> None:
    """Let the holdings follow a case from hand to hand."""
    if old.claimed_by == new.claimed_by:
        return
    if old.claimed_by is not None:
        change.forget(HeldRow(pk=_key(old.claimed_by), sk=new.id))
    if new.claimed_by is not None:
        change.note(HeldRow(pk=_key(new.claimed_by), sk=new.id), [HeldRow.since.set(stamp(change.now))])


def held_by(official_id: str) -> Iterator[str]:
    """Yield the ids of the cases an official holds as things stand now."""
    for row in HeldRow.query(_key(official_id), consistent_read=True, page_size=LIMITS.page_size_most):
        yield row.sk


def _key(official_id: str) -> str:
    return f"HELD#{official_id}"
