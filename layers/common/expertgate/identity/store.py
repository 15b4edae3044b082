"""Face checks and used nonces in their table, among the short-lived rows."""

from datetime import datetime

from expertgate.errors.base import ExpertGateError
from expertgate.identity.model import FaceCheck, FaceState
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import hash_secret
from expertgate.outbound.rows import Row
from expertgate.settings import DAY, LIMITS, variable


class FaceRow(Row):
    """A face check; kept a day after its end, so that its outcome can still be asked for."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    account_id = UnicodeAttribute()
    purpose = UnicodeAttribute()
    person = UnicodeAttribute()
    state_hash = UnicodeAttribute()
    state = UnicodeAttribute()
    ends = UnicodeAttribute()


class NonceRow(Row):
    """That a call-back with this nonce took effect."""

    class Meta:
        """In the table of sessions; dropped when its signature is too old anyway."""

        table_name = variable("SESSIONS_TABLE")


def add_face_check(change: Change, check: FaceCheck) -> None:
    """Add a face check to the change."""
    change.put(
        FaceRow(
            pk=_face(check.id),
            account_id=check.account_id,
            purpose=check.purpose,
            person=check.person,
            state_hash=check.state_hash,
            state=check.state.value,
            ends=stamp(check.ends),
            expires=int(check.ends.timestamp()) + DAY,
        ),
    )


def face_check(check_id: str) -> FaceCheck | None:
    """Return a face check as it stands now."""
    row = FaceRow.find(_face(check_id))
    return to_face_check(row) if row else None


def to_face_check(row: FaceRow) -> FaceCheck:
    """Read a face check out of its row."""
    return FaceCheck(
        id=row.pk.removeprefix("FACE#"),
        account_id=row.account_id,
        purpose=row.purpose,
        person=row.person,
        state_hash=row.state_hash,
        state=FaceState(row.state),
        ends=instant(row.ends),
    )


def settle_face_check(change: Change, check_id: str, state: FaceState, otherwise: ExpertGateError) -> None:
    """Write the outcome of a check that still waits."""
    row = FaceRow(pk=_face(check_id))
    change.update(row, [FaceRow.state.set(state.value)], when=FaceRow.state == FaceState.WAITING.value, otherwise=otherwise)


def use_nonce(change: Change, nonce: str, now: datetime, otherwise: ExpertGateError) -> None:
    """Take a nonce that nobody used; as long as a signature with it could be good."""
    expires = int(now.timestamp()) + 2 * LIMITS.callback_skew
    change.put(NonceRow(pk=f"NONCE#{hash_secret(nonce)}", expires=expires), otherwise=otherwise)


def _face(check_id: str) -> str:
    return f"FACE#{check_id}"
