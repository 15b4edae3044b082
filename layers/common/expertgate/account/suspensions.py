"""The suspension of an account in its table: one row beside the account, the last one written over the one before (the audit keeps all)."""

from expertgate.account.model import Suspension, SuspensionReason
from expertgate.account.store import key_of
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Key, Row
from expertgate.outbound.world import World
from expertgate.settings import variable

_SUSPENSION = "SUSPENSION"


class SuspensionRow(Row):
    """Who suspended an account when and why, and who ended that; sealed: what was stated, since it may tell of people."""

    class Meta:
        """In the table of accounts."""

        table_name = variable("ACCOUNTS_TABLE")

    reason = UnicodeAttribute()
    since = UnicodeAttribute()
    by = UnicodeAttribute()
    ended = UnicodeAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)


def place_of(account_id: str) -> Key:
    """Return where the last suspension of an account lies, to be read together with the account."""
    return SuspensionRow, key_of(account_id), _SUSPENSION


def to_suspension(world: World, row: SuspensionRow | None) -> Suspension | None:
    """Read the last suspension of an account, ended or not."""
    if row is None:
        return None
    stated = row.unseal(world.keys)
    return Suspension(
        reason=SuspensionReason(row.reason),
        statement=stated["statement"],
        since=row.since,
        by=row.by,
        ended=row.ended,
        ended_by=row.ended_by,
        ended_statement=stated["ended_statement"],
    )


def save(change: Change, account_id: str, one: Suspension) -> None:
    """Write a suspension; the account's own row, written in the same change, sees to it that nobody else does meanwhile."""
    row = SuspensionRow(pk=key_of(account_id), sk=_SUSPENSION, reason=one.reason.value, since=one.since, by=one.by)
    row.ended, row.ended_by = one.ended, one.ended_by
    row.seal(change.world.keys, {"statement": one.statement, "ended_statement": one.ended_statement})
    change.overwrite(row)


def forget(change: Change, account_id: str) -> None:
    """Let go what was stated about the holder of an account that closes; reason, instants and officials stay in the audit."""
    change.forget(SuspensionRow(pk=key_of(account_id), sk=_SUSPENSION))
