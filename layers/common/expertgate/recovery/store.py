"""Recoveries in their table: server-side state behind a ticket of which only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime

from expertgate.errors.recovery import RecoveryStepWrong, RecoveryUnknown
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from expertgate.recovery import rules
from expertgate.recovery.model import Kind, Recovery, Step
from expertgate.settings import DAY, variable


class RecoveryRow(Row):
    """A recovery; sealed: the mobile. Kept a day after its end, so that the last answer can be asked for again."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    kind = UnicodeAttribute()
    step = UnicodeAttribute()
    ends = UnicodeAttribute()
    ticket = UnicodeAttribute()
    client = UnicodeAttribute()
    account_id = UnicodeAttribute(null=True)
    face_check_id = UnicodeAttribute(null=True)
    case_id = UnicodeAttribute(null=True)


@dataclass(frozen=True)
class Opened:
    """A recovery with the row it was read from."""

    row: RecoveryRow
    recovery: Recovery


def add(change: Change, recovery: Recovery, ticket: str) -> None:
    """Add a new recovery to the change."""
    row = RecoveryRow(pk=_key(recovery.id), ticket=hash_secret(ticket), client=change.caller.client or "-")
    change.put(_filled(change.world, row, recovery))


def opened(world: World, recovery_id: str, ticket: str, client: str) -> Opened:
    """Return the recovery to the holder of its ticket, on the client that began it; one under review on any client.

    Raises RecoveryUnknown.
    """
    row = RecoveryRow.find(_key(recovery_id))
    if row is None or not same(row.ticket, hash_secret(ticket)):
        raise RecoveryUnknown
    if not row.case_id and row.client != (client or "-"):
        raise RecoveryUnknown
    return Opened(row, _read(world, row))


def is_over(world: World, recovery_id: str, now: datetime) -> bool:
    """Tell whether nobody can go on with a recovery: its ticket has ended, or it is gone."""
    row = RecoveryRow.find(_key(recovery_id))
    return row is None or rules.is_over(_read(world, row), now)


def save(change: Change, was: Opened, now: Recovery) -> None:
    """Write the recovery's next state over the one that was read: of two who take the same step one gets there."""
    row = _filled(change.world, was.row, now)
    change.replace(row, RecoveryStepWrong(step=now.step.value, asked=was.recovery.step.value))


def _filled(world: World, row: RecoveryRow, recovery: Recovery) -> RecoveryRow:
    row.kind, row.step, row.ends = recovery.kind.value, recovery.step.value, stamp(recovery.ends)
    row.account_id, row.face_check_id, row.case_id = recovery.account_id, recovery.face_check_id, recovery.case_id
    row.expires = int(recovery.ends.timestamp()) + DAY
    row.seal(world.keys, {"mobile": recovery.mobile})
    return row


def _read(world: World, row: RecoveryRow) -> Recovery:
    return Recovery(
        id=row.pk.removeprefix("RECOVERY#"),
        kind=Kind(row.kind),
        step=Step(row.step),
        ends=instant(row.ends),
        account_id=row.account_id,
        mobile=row.unseal(world.keys)["mobile"],
        face_check_id=row.face_check_id,
        case_id=row.case_id,
    )


def _key(recovery_id: str) -> str:
    return f"RECOVERY#{recovery_id}"
