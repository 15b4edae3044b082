"""Logging in (ACC-12, ACC-13, ACC-14, ACC-16): known and unknown names take the same steps, the same time, the same answer."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import cast

from expertgate.account import store, tickets
from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.actions.tickets import issue_ticket
from expertgate.account.model import Account, AccountKind, Status
from expertgate.account.names import claims_answering
from expertgate.account.passwords import fits_stored, needs_rehash
from expertgate.account.requests.codes import Captcha
from expertgate.account.requests.sessions import LoggedIn, LogIn
from expertgate.account.rules import has_expired, missing_information, needs_captcha, next_try
from expertgate.account.store import AccountRow, PasswordRow
from expertgate.account.tickets import TriesRow
from expertgate.caller import Caller, CallerKind
from expertgate.errors.account import AccountSuspended, LoginRefused, PasswordExpired, PasswordResetNeeded
from expertgate.forms.masks import mask_name
from expertgate.outbound.attributes import given
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.expressions import Prepared
from expertgate.outbound.limits import Limit, LimitRow, count_in, give_back_in
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.rows import read_together
from expertgate.outbound.sessions import GateRow, absolute, begin_session, gate_key, idle
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS, agreements

_NOBODY = "NOBODY"


@dataclass(frozen=True)
class _Candidate:
    """What was found under a log-in name; all empty for an unknown one."""

    account_id: str | None
    row: AccountRow | None
    password: PasswordRow | None
    gate: GateRow | None
    tries: TriesRow | None


def log_in(request: LogIn, caller: Caller, world: World) -> LoggedIn:
    """Begin a session for whoever knows log-in name and password."""
    change = Change(world, caller)
    candidate, place = _find(change, request)
    counted = _count_before(change, candidate, place, request.captcha)
    known = fits_stored(world, request.password, candidate.password.stored if candidate.password else None)
    if not known or candidate.row is None or candidate.password is None or candidate.gate is None:
        raise LoginRefused
    account = store.to_account(world, candidate.row)
    _give_back(change, counted, place)
    _check_state(account, candidate.password, candidate.gate, change)
    return _begun(change, account, candidate.password, candidate.gate, request.password)


def _find(change: Change, request: LogIn) -> tuple[_Candidate, tuple[str, str]]:
    """Read whom the name may mean, in two reads for known and unknown names alike."""
    world, kind = change.world, AccountKind(request.kind)
    claims = claims_answering(request.login_name, kind, change.now)
    account_id = next((one for one in store.holders(world, *claims, read=change.read) if one), None)
    # By the name as typed, never by the account: else failures under one name would tell that another belongs to the same account.
    place = f"TRIES#{world.keys.digest('login', f'{kind}|{claims[0]}')[:32]}", change.caller.client or "-"
    # Each unknown name has a nobody of its own: one for all would be a hot key under a flood, and slower than known names.
    sought = account_id or f"{_NOBODY}#{place[0]}"
    row_key, password_key = store.with_password(sought)
    found = read_together(row_key, password_key, gate_key(sought), (TriesRow, *place))
    candidate = _Candidate(
        account_id,
        cast("AccountRow | None", found[0]),
        cast("PasswordRow | None", found[1]),
        cast("GateRow | None", found[2]),
        cast("TriesRow | None", found[3]),
    )
    return (candidate if _is_of_kind(candidate, kind) else replace(candidate, row=None, password=None)), place


def _is_of_kind(candidate: _Candidate, kind: AccountKind) -> bool:
    return candidate.row is not None and candidate.row.kind == kind and candidate.row.status != Status.CLOSED


def _count_before(change: Change, candidate: _Candidate, place: tuple[str, str], solved: Captcha | None) -> list[LimitRow]:
    """Count this try as failed, all or nothing, before anything is compared: per client, per name, per name and client."""
    tries = tickets.tries_of(candidate.tries, change.now)
    after = next_try(tries, change.now)
    if needs_captcha(tries):
        demand_captcha(change.world, solved)
    before = Change(change.world, replace(change.caller, repeat=None), change.now)
    of_client = Limit(f"login#{change.caller.client}", LIMITS.login_failures_per_client_an_hour, HOUR)
    of_name = Limit(f"login#{place[0]}", LIMITS.login_failures_per_name_an_hour, HOUR)
    counted = [count_in(before, limit) for limit in (of_client, of_name)]
    tickets.count_failure(before, candidate.tries, place, after)
    before.commit(None)
    return counted


def _give_back(change: Change, counted: list[LimitRow], place: tuple[str, str]) -> None:
    """Only failures count: let the change take out what was counted before the password was known to be right."""
    for row in counted:
        give_back_in(change, row)
    change.forget(TriesRow(pk=place[0], sk=place[1]))


def _check_state(account: Account, password: PasswordRow, gate: GateRow, change: Change) -> None:
    """Say what keeps a holder of the right password out; he gets a ticket where the password is the reason.

    The change, which takes back the counts and is not used for a session then, carries the ticket; a refusal is not repeated by key.
    """
    is_suspended = account.status is Status.SUSPENDED or gate.closed
    is_old = bool(password.set_at) and has_expired(instant(str(password.set_at)), change.now)
    if not (is_suspended or password.must_be_reset or is_old):
        return
    change.caller = replace(change.caller, repeat=None)
    ticket = None if is_suspended else issue_ticket(change, account.id, password)
    change.commit(None)
    if ticket is None:
        raise AccountSuspended
    raise (PasswordResetNeeded if password.must_be_reset else PasswordExpired)(ticket=ticket, expires_in=LIMITS.flow_life)


@cache
def _keeping(*names: str) -> Prepared:
    """Return what keeps these facts of a log-in, while the password is still the one it was compared with."""
    return Prepared(PasswordRow.stored == given("compared"), [getattr(PasswordRow, name).set(given(name)) for name in names])


def _begun(change: Change, account: Account, password: PasswordRow, gate: GateRow, typed: str) -> LoggedIn:
    token = begin_session(change, gate)
    kept = {"last_login": stamp(change.now)}
    if password.last_login:
        kept["login_before"] = password.last_login
    if password.stored and needs_rehash(password.stored):
        kept["stored"] = hash_password(typed)
    change.update(password, _keeping(*kept)(compared=password.stored, **kept))
    change.audit("account:session:begun", subject=store.key_of(account.id))
    kind = CallerKind(account.kind)
    return change.commit(
        LoggedIn(
            token=token,
            account_id=account.id,
            kind=account.kind,
            name=mask_name(account.known_as) if account.known_as else None,
            idle_seconds=idle(kind),
            ends_at=stamp(change.now + timedelta(seconds=absolute(kind))),
            last_login=password.last_login,
            next=missing_information(account, agreements()),
        ),
    )
