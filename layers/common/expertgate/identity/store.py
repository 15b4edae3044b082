"""Identity in its tables: the last comparison beside the account, face checks and used nonces among the short-lived rows."""

from datetime import datetime

from expertgate.account.model import Part
from expertgate.account.store import key_of
from expertgate.errors.base import ExpertGateError
from expertgate.identity.model import Checked, FaceCheck, FaceState
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import hash_secret
from expertgate.outbound.rows import Row
from expertgate.settings import DAY, LIMITS, variable

_IDENTITY = "IDENTITY"


class IdentityRow(Row):
    """How the last comparison of an account ended; codes only."""

    class Meta:
        """In the table of accounts, beside the account."""

        table_name = variable("ACCOUNTS_TABLE")

    parts = JSONAttribute()
    at = UnicodeAttribute()


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


def checked(account_id: str) -> Checked | None:
    """Return how the last comparison ended."""
    row = IdentityRow.find(key_of(account_id), _IDENTITY)
    return Checked({Part(part): reason for part, reason in row.parts.items()}, instant(row.at)) if row else None


def keep_checked(change: Change, account_id: str, parts: dict[Part, str]) -> None:
    """Write how a comparison ended, over the one before: the account's own version guards the order."""
    row = IdentityRow(pk=key_of(account_id), sk=_IDENTITY, parts={part.value: why for part, why in parts.items()}, at=stamp(change.now))
    change.overwrite(row)


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
