"""Notices in their table: written with the change they tell of, delivered from its stream."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING

from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from expertgate.notice.model import Delivery
from expertgate.notice.rules import LEASE, PARKED, shard_of, shards
from expertgate.outbound.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, given
from expertgate.outbound.clock import stamp
from expertgate.outbound.expressions import Prepared
from expertgate.outbound.rows import MOST_READ_TOGETHER, Row, page_of, read_together, updated
from expertgate.settings import LIMITS, variable

if TYPE_CHECKING:
    from expertgate.outbound.change import Change


class ByDue(GlobalSecondaryIndex["NoticeRow"]):
    """Notices still to be sent, and in partitions of their own those that were parked, sharded; sparse."""

    class Meta:
        """As declared in the template."""

        index_name = "by_due"
        projection = KeysOnlyProjection()

    due_shard = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class ByUnread(GlobalSecondaryIndex["NoticeRow"]):
    """Unread notices of an account; sparse."""

    class Meta:
        """As declared in the template."""

        index_name = "by_unread"
        projection = KeysOnlyProjection()

    unread_for = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class NoticeRow(Row):
    """One notice; sealed: the mobile and the facts of its sentence."""

    class Meta:
        """In the table whose stream delivers."""

        table_name = variable("NOTICES_TABLE")

    template = UnicodeAttribute()
    at = UnicodeAttribute()
    delivery = UnicodeAttribute()
    attempts = NumberAttribute(default=0)
    secret = BooleanAttribute(default=False)
    ends = NumberAttribute(null=True)
    due_shard = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    unread_for = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute(null=True)
    carrier_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    by_due = ByDue()
    by_unread = ByUnread()


_CLAIMED = Prepared(
    NoticeRow.delivery.is_in(*(one.value for one in Delivery if one.is_open)) & (NoticeRow.due_at <= given("now")),
    [NoticeRow.delivery.set(Delivery.SENDING.value), NoticeRow.attempts.add(1), NoticeRow.due_at.set(given("lease"))],
)
_NOT_DUE: tuple[Action, ...] = (NoticeRow.due_shard.remove(), NoticeRow.due_at.remove())
_IS_SENT: tuple[Action, ...] = (
    NoticeRow.delivery.set(Delivery.SENT.value),
    NoticeRow.sent_at.set(given("at")),
    NoticeRow.carrier_id.set(given("carrier")),
    *_NOT_DUE,
)
_SENT, _SENT_AND_WIPED = Prepared(actions=_IS_SENT), Prepared(actions=(*_IS_SENT, NoticeRow.sealed.remove()))


def claim(pk: str, sk: str, now: datetime) -> NoticeRow | None:
    """Take a notice that is due for sending and return it; of several deliverers one gets it, and it falls free again if that one dies."""
    row = NoticeRow(pk=pk, sk=sk)
    return row if updated(row, _CLAIMED(now=stamp(now), lease=stamp(now + LEASE))) else None


def note_sent(row: NoticeRow, carrier_id: str, now: datetime) -> None:
    """Keep that it was sent; a secret is wiped with that."""
    row.update((_SENT_AND_WIPED if row.secret else _SENT)(at=stamp(now), carrier=carrier_id))


def note_failed(row: NoticeRow, reason: str, again_at: datetime | None) -> None:
    """Keep why it failed and when it is tried again, or that it is given up."""
    if again_at is not None:
        row.update([NoticeRow.delivery.set(Delivery.FAILED), NoticeRow.reason.set(reason), NoticeRow.due_at.set(stamp(again_at))])
        return
    actions = [NoticeRow.delivery.set(Delivery.PARKED), NoticeRow.reason.set(reason), NoticeRow.due_shard.set(shard_of(row.sk, PARKED))]
    row.update([*actions, *([NoticeRow.sealed.remove()] if row.secret else [])])


def due_before(now: datetime) -> list[tuple[str, str]]:
    """Return the keys of notices whose time has come, a page of each shard, the oldest first: after an outage none waits for its shard."""
    found = [row for shard in shards() for row in NoticeRow.by_due.query(shard, ByDue.due_at <= stamp(now), limit=LIMITS.page_size_most)]
    return [(row.pk, row.sk) for row in sorted(found, key=lambda row: str(row.due_at))]


def parked_keys() -> Iterator[tuple[str, str]]:
    """Yield the keys of what was parked."""
    for shard in shards(PARKED):
        yield from ((row.pk, row.sk) for row in NoticeRow.by_due.query(shard, page_size=LIMITS.page_size_most))


def parked(keys: Iterable[tuple[str, str]]) -> Iterator[NoticeRow]:
    """Yield of these notices those that are parked, each as it is now."""
    for some in batched(keys, MOST_READ_TOGETHER, strict=False):
        rows = read_together(*((NoticeRow, pk, sk) for pk, sk in some))
        yield from (row for row in rows if isinstance(row, NoticeRow) and row.delivery == Delivery.PARKED.value)


def queue_again(change: "Change", row: NoticeRow, due_at: datetime) -> None:
    """Let the retries send a parked message anew from then on, if it is still parked and still has its content."""
    anew = [NoticeRow.delivery.set(Delivery.QUEUED.value), NoticeRow.attempts.set(0), NoticeRow.reason.remove()]
    due = [NoticeRow.due_shard.set(shard_of(row.sk)), NoticeRow.due_at.set(stamp(due_at))]
    change.update(row, [*anew, *due], when=(NoticeRow.delivery == Delivery.PARKED.value) & NoticeRow.sealed.exists())


def inbox(account_id: str, size: int, before: str | None) -> tuple[list[NoticeRow], str | None]:
    """Return notices of an account, newest first, and where the next page begins."""
    older, most = NoticeRow.sk < before if before else None, size + 1
    found = NoticeRow.query(box_of(account_id), older, consistent_read=True, scan_index_forward=False, limit=most, page_size=most)
    return page_of(list(found), size, lambda row: row.sk)


def unread_ids(account_id: str) -> list[str]:
    """Return the ids of unread notices, at most a page."""
    size = LIMITS.page_size_most
    return [row.sk for row in NoticeRow.by_unread.query(box_of(account_id), limit=size, page_size=size)]


def box_of(account_id: str) -> str:
    """Return the partition of an account's notices."""
    return f"ACCOUNT#{account_id}"
