"""Short-lived rows of accounts: codes, proofs, captchas, tickets, tries; all in the table of sessions, all with an end."""

from datetime import datetime

from expertgate.account.rules import Purpose, Sends, Tries, is_email
from expertgate.errors.edge import TooManyRequests
from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute, given
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.expressions import Prepared
from expertgate.outbound.keys import hash_secret
from expertgate.outbound.rows import ONLY, Row, updated
from expertgate.outbound.world import World
from expertgate.settings import DAY, LIMITS, variable


class CodeRow(Row):
    """The one living code of a purpose and a mobile or e-mail address; a new one is written over it."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    digest = UnicodeAttribute()
    nonce = UnicodeAttribute()
    ends = NumberAttribute()
    tries = NumberAttribute(default=0)


class SendsRow(Row):
    """How many codes a mobile or an e-mail address got today, and when the last."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    day = UnicodeAttribute()
    times = NumberAttribute()
    last = UnicodeAttribute()


class ProofRow(Row):
    """That a code was right: good once, for the same purpose and mobile."""

    class Meta:
        """In the table of sessions; the key is the hash of the secret."""

        table_name = variable("SESSIONS_TABLE")

    about = UnicodeAttribute()
    ends = NumberAttribute()


class CaptchaRow(Row):
    """The text of an image, as a keyed hash."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    digest = UnicodeAttribute()
    ends = NumberAttribute()


class TicketRow(Row):
    """Leave to set the password of one account once, on the client it was given to."""

    class Meta:
        """In the table of sessions; the key is the hash of the secret."""

        table_name = variable("SESSIONS_TABLE")

    account_id = UnicodeAttribute()
    password_version = NumberAttribute()
    client = UnicodeAttribute()
    ends = NumberAttribute()


class ObjectionRow(Row):
    """The old mobile of an account, for whoever has the code that was sent to it; sealed: the mobile."""

    class Meta:
        """In the table of sessions; the key is the hash of the code."""

        table_name = variable("SESSIONS_TABLE")

    account_id = UnicodeAttribute()
    made = UnicodeAttribute()
    ends = NumberAttribute()


class TriesRow(Row):
    """Failed log-ins under one name from one client."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    failures = NumberAttribute()
    free_at = UnicodeAttribute()


_TRIED = Prepared(CodeRow.pk.exists() & (CodeRow.tries < given("most")) & (CodeRow.ends > given("now")), [CodeRow.tries.add(1)])
_FAILURE = [getattr(TriesRow, name).set(given(name)) for name in ("failures", "free_at", "version", "expires")]
_FAILED_FIRST = Prepared(TriesRow.pk.does_not_exist(), _FAILURE)
_FAILED_AGAIN = Prepared(TriesRow.version == given("seen"), _FAILURE)


def code_key(world: World, purpose: Purpose, address: str) -> tuple[str, str]:
    """Return where the code of a purpose and a mobile or e-mail address lies."""
    return f"CODE#{_index(world, address)}", purpose.value


def sends_key(world: World, address: str) -> str:
    """Return where it is counted what was sent to a mobile or e-mail address."""
    return f"SENDS#{_index(world, address)}"


def to_sends(row: SendsRow | None) -> Sends | None:
    """Read what was sent."""
    return Sends(row.day, int(row.times), instant(row.last)) if row else None


def code_digest(world: World, purpose: Purpose, address: str, nonce: str, code: str) -> str:
    """Return the keyed hash of a code, bound to purpose, mobile or e-mail address and this one sending."""
    return world.keys.digest("sms_code", f"{purpose.value}|{address}|{nonce}|{code}")


def count_try(world: World, purpose: Purpose, address: str) -> CodeRow | None:
    """Count one try of the living code in one conditional write and return it; None where none is alive or all tries are gone."""
    pk, sk = code_key(world, purpose, address)
    row = CodeRow(pk=pk, sk=sk)
    return row if updated(row, _TRIED(most=LIMITS.code_tries, now=int(world.clock.now().timestamp()))) else None


def tries_of(row: TriesRow | None, now: datetime) -> Tries | None:
    """Read the failures that still count."""
    if row is None or (row.expires or 0) <= now.timestamp():
        return None
    return Tries(int(row.failures), instant(row.free_at))


def count_failure(change: Change, row: TriesRow | None, place: tuple[str, str], tries: Tries) -> None:
    """Let the change write the count of tries, or fail where somebody else wrote it meanwhile."""
    written = {
        "failures": tries.failures,
        "free_at": stamp(tries.free_at),
        "version": (row.version if row else 0) + 1,
        "expires": int(max(change.now, tries.free_at).timestamp()) + DAY,
    }
    failed = _FAILED_FIRST(**written) if row is None else _FAILED_AGAIN(**written, seen=row.version)
    change.update(TriesRow(pk=place[0], sk=place[1]), failed, otherwise=TooManyRequests(1))


def objection_key(code: str) -> str:
    """Return where the objection of a code lies; spaces, as people read numbers in groups, do not count."""
    return f"OBJECTION#{hash_secret(code.replace(' ', ''))}"


def ticket_key(secret_hash: str) -> tuple[str, str]:
    """Return where a ticket lies."""
    return f"TICKET#{secret_hash}", ONLY


def _index(world: World, address: str) -> str:
    return world.keys.index("email" if is_email(address) else "mobile", address)
