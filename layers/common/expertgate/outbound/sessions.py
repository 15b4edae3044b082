"""Sessions: opaque tokens `id.secret`, kept hashed, read once per request together with the account's gate.

The gate is one row per account beside its sessions: its epoch ends all older sessions at once, and a closed gate lets nobody in. A
request reads gate and session in one strongly consistent call, so a log-out, a new password or a suspension holds for the next one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from pynamodb.exceptions import UpdateError

from expertgate.caller import CallerKind
from expertgate.outbound.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, given
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.expressions import Prepared
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.passing import is_passing
from expertgate.outbound.rows import Key, Row, condition_failed, read_together
from expertgate.records import Record
from expertgate.settings import LIMITS, variable

_GATE = "GATE"
_SESSION = "SESSION#"
_LOOKED_AT = 1_000  # rows of one call, half of what DynamoDB returns at once


class GateRow(Row):
    """Whether and since which epoch the sessions of an account are good."""

    class Meta:
        """In the table of sessions."""

        table_name = variable("SESSIONS_TABLE")

    epoch = NumberAttribute(default=1)
    closed = BooleanAttribute(default=False)
    kind = UnicodeAttribute()


class SessionRow(Row):
    """One log-in of an account on one client."""

    class Meta:
        """In the table of sessions; dropped after its absolute end."""

        table_name = variable("SESSIONS_TABLE")

    secret_hash = UnicodeAttribute()
    epoch = NumberAttribute()
    kind = UnicodeAttribute()
    began = UnicodeAttribute()
    seen = UnicodeAttribute()
    ends = UnicodeAttribute()
    client = UnicodeAttribute(null=True)
    duties = JSONAttribute(null=True)
    bureau = UnicodeAttribute(null=True)


_OPEN_AS_SEEN = Prepared((GateRow.epoch == given("epoch")) & (GateRow.closed == False))  # noqa: E712 -- an expression of PynamoDB


class Standing(Record):
    """What a good token says about the caller."""

    account_id: str
    session_id: str
    kind: CallerKind
    duties: frozenset[str]
    bureau: str | None


def open_gate(change: Change, account_id: str, kind: CallerKind) -> None:
    """Make the gate of a new account, in its own transaction."""
    change.put(GateRow(pk=_account(account_id), sk=_GATE, kind=kind.value))


def gate_of(account_id: str) -> GateRow | None:
    """Return the gate as it stands now."""
    return GateRow.find(_account(account_id), _GATE)


def gate_key(account_id: str) -> Key:
    """Return where the gate lies, to be read together with other rows."""
    return GateRow, _account(account_id), _GATE


def begin_session(change: Change, gate: GateRow, *, duties: frozenset[str] = frozenset(), bureau: str | None = None) -> str:
    """Add a session of the gate's epoch to the change and return its token; it is refused if the gate moves meanwhile."""
    world, kind = change.world, CallerKind(gate.kind)
    session_id, secret = world.codes.ulid(change.now), world.codes.secret()
    ends = change.now + timedelta(seconds=absolute(kind))
    change.check(gate, when=_OPEN_AS_SEEN(epoch=gate.epoch))
    change.put(
        SessionRow(
            pk=gate.pk,
            sk=_SESSION + session_id,
            secret_hash=hash_secret(secret),
            epoch=gate.epoch,
            kind=gate.kind,
            began=stamp(change.now),
            seen=stamp(change.now),
            ends=stamp(ends),
            client=change.caller.client or None,
            duties=sorted(duties),
            bureau=bureau,
            expires=int(ends.timestamp()),
        ),
    )
    return f"{gate.pk.removeprefix('ACCOUNT#')}~{session_id}.{secret}"


@dataclass
class Along:
    """Rows that a request will need, read in the same call as its session; worth nothing before the session is known to be good."""

    keys: tuple[Key, ...] = ()
    rows: tuple[Row | None, ...] = ()


def claimed_by(token: str) -> str | None:
    """Return the account that a token says it belongs to; whether it does is for `standing_of` to say."""
    return _parts(token)[0] or None


def standing_of(token: str, now: datetime, along: Along | None = None) -> Standing | None:
    """Return whose token this is, or None for a malformed, unknown, ended, idle or outdated one."""
    account_id, session_id, secret = _parts(token)
    if not secret:
        return None
    own: tuple[Key, Key] = (GateRow, _account(account_id), _GATE), (SessionRow, _account(account_id), _SESSION + session_id)
    found = read_together(*own, *(along.keys if along else ()))
    if along is not None:
        along.rows = tuple(found[2:])
    gate, session = cast("GateRow | None", found[0]), cast("SessionRow | None", found[1])
    if gate is None or session is None or not _is_good(gate, session, secret, now):
        return None
    _touch(session, now)
    return Standing(account_id, session_id, CallerKind(session.kind), frozenset(session.duties or ()), session.bureau)


def move_epoch(change: Change, gate: GateRow, keep_session: str | None = None) -> None:
    """End all sessions of the account at once, except the one to keep."""
    change.update(gate, [GateRow.epoch.set(GateRow.epoch + 1)], when=GateRow.epoch == gate.epoch)
    if keep_session is not None:
        kept = SessionRow(pk=gate.pk, sk=_SESSION + keep_session)
        change.update(kept, [SessionRow.epoch.set(gate.epoch + 1)], when=SessionRow.pk.exists())


def close_gate(change: Change, gate: GateRow, *, closed: bool) -> None:
    """Let nobody in any more, or let them in again (they log in anew)."""
    actions = [GateRow.closed.set(closed), GateRow.epoch.set(GateRow.epoch + 1)]
    change.update(gate, actions, when=GateRow.epoch == gate.epoch)


def sessions_of(account_id: str, now: datetime) -> list[SessionRow]:
    """Return the good sessions of an account, newest first, at most a page; ended ones, whose rows stay for hours, do not fill it."""
    gate = gate_of(account_id)
    if gate is None:
        return []
    used_since = stamp(now - timedelta(seconds=idle(CallerKind(gate.kind))))
    good = (SessionRow.epoch == gate.epoch) & (SessionRow.ends > stamp(now)) & (SessionRow.seen > used_since)
    rows = SessionRow.query(
        _account(account_id),
        SessionRow.sk.startswith(_SESSION),
        good,
        consistent_read=True,
        scan_index_forward=False,
        limit=LIMITS.page_size_most,
        page_size=_LOOKED_AT,
    )
    return list(rows)


def end_session(change: Change, account_id: str, session_id: str) -> None:
    """End one session; ending it twice is no error."""
    change.forget(SessionRow(pk=_account(account_id), sk=_SESSION + session_id))


def _parts(token: str) -> tuple[str, str, str]:
    who, _, secret = token.partition(".")
    account_id, _, session_id = who.partition("~")
    return (account_id, session_id, secret) if account_id and session_id else ("", "", "")


def _is_good(gate: GateRow, session: SessionRow, secret: str, now: datetime) -> bool:
    if gate.closed or session.epoch != gate.epoch or _is_over(session, now):
        return False
    return same(session.secret_hash, hash_secret(secret))


def _is_over(session: SessionRow, now: datetime) -> bool:
    unused = instant(session.seen) + timedelta(seconds=idle(CallerKind(session.kind)))
    return now >= min(instant(session.ends), unused)


def _touch(session: SessionRow, now: datetime) -> None:
    """Note that the session is in use, at most once in a while: one write per request would cost more than it tells."""
    if now < instant(session.seen) + timedelta(seconds=LIMITS.session_touch_every):
        return
    try:
        session.update([SessionRow.seen.set(stamp(now))], condition=SessionRow.pk.exists(), add_version_condition=False)
    except UpdateError as exc:  # ended meanwhile or throttled: the request goes on, the next one decides anew
        if not (condition_failed(exc) or is_passing(exc)):
            raise


def idle(kind: CallerKind) -> int:
    """Return after how many unused seconds a session is over."""
    return LIMITS.official_session_idle if kind is CallerKind.OFFICIAL else LIMITS.session_idle


def absolute(kind: CallerKind) -> int:
    """Return after how many seconds a session is over in any case."""
    limits = {CallerKind.OFFICIAL: LIMITS.official_session_absolute, CallerKind.SERVICE: LIMITS.service_token_life}
    return limits.get(kind, LIMITS.session_absolute)


def _account(account_id: str) -> str:
    return f"ACCOUNT#{account_id}"
