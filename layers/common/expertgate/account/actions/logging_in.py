"""Logging in (ACC-12, ACC-13, ACC-14, ACC-16): known and unknown names take the same steps, the same time, the same answer."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from expertgate.account import store, tickets
from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.actions.tickets import issue_ticket
from expertgate.account.model import Account, AccountKind, Status
from expertgate.account.names import claims_answering
from expertgate.account.passwords import fits_stored, needs_rehash
from expertgate.account.requests.sessions import LoggedIn, LogIn
from expertgate.account.rules import has_expired, missing_information, needs_captcha, next_try
from expertgate.account.store import AccountRow, PasswordRow
from expertgate.account.tickets import TriesRow
from expertgate.caller import Caller, CallerKind
from expertgate.errors.account import AccountSuspended, LoginRefused, PasswordExpired, PasswordResetNeeded
from expertgate.errors.edge import TooManyRequests
from expertgate.forms.masks import mask_name
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.limits import Counted, count
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.rows import read_together
from expertgate.outbound.sessions import GateRow, absolute, begin_session, gate_key, idle
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS

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
    candidate, place = _find(request, caller, world)
    counted = _count_before(change, candidate, place, request)
    known = fits_stored(world, request.password, candidate.password.stored if candidate.password else None)
    if not known or candidate.row is None or candidate.password is None or candidate.gate is None:
        raise LoginRefused
    for one in counted:  # only failures count
        one.give_back()
    account = store.to_account(world, candidate.row)
    _check_state(account, candidate.password, candidate.gate, change)
    change.forget(TriesRow(pk=place[0], sk=place[1]))
    return _begun(change, account, candidate.password, candidate.gate, request.password)


def _find(request: LogIn, caller: Caller, world: World) -> tuple[_Candidate, tuple[str, str]]:
    """Read whom the name may mean, in two reads for known and unknown names alike."""
    kind = AccountKind(request.kind)
    claims = claims_answering(request.login_name, kind, world.clock.now())
    account_id = next((one for one in store.holders(world, *claims) if one), None)
    # By the name as typed, never by the account: else failures under one name would tell that another belongs to the same account.
    place = f"TRIES#{world.keys.digest('login', f'{kind}|{claims[0]}')[:32]}", caller.client or "-"
    row_key, password_key = store.with_password(account_id or _NOBODY)
    found = read_together(row_key, password_key, gate_key(account_id or _NOBODY), (TriesRow, *place))
    candidate = _Candidate(
        account_id,
        cast("AccountRow | None", found[0]),
        cast("PasswordRow | None", found[1]),
        cast("GateRow | None", found[2]),
        cast("TriesRow | None", found[3]),
    )
    return (candidate if _is_of_kind(candidate, kind) else replace(candidate, row=None, password=None)), place


def _is_of_kind(candidate: _Candidate, kind: AccountKind) -> bool:
    return candidate.row is not None and candidate.row.kind == kind.value and candidate.row.status != Status.CLOSED.value


def _count_before(change: Change, candidate: _Candidate, place: tuple[str, str], request: LogIn) -> tuple[Counted, Counted]:
    """Count this try as failed before anything is compared: per name and client, per name, per client."""
    world, now = change.world, change.now
    tries = tickets.tries_of(candidate.tries, now)
    after = next_try(tries, now)
    if needs_captcha(tries):
        demand_captcha(world, request.captcha)
    of_client = count(world, f"login#{change.caller.client}", LIMITS.login_failures_per_client_an_hour, HOUR)
    of_name = count(world, f"login#{place[0]}", LIMITS.login_failures_per_name_an_hour, HOUR)
    if not tickets.count_failure(candidate.tries, place, after, now):
        raise TooManyRequests(1)
    return of_client, of_name


def _check_state(account: Account, password: PasswordRow, gate: GateRow, change: Change) -> None:
    """Say what keeps a holder of the right password out; he gets a ticket where the password is the reason."""
    if account.status is Status.SUSPENDED or gate.closed:
        raise AccountSuspended
    if password.must_be_reset:
        raise PasswordResetNeeded(ticket=issue_ticket(change, account.id, password), expires_in=LIMITS.flow_life)
    if password.set_at and has_expired(instant(password.set_at), change.now):
        raise PasswordExpired(ticket=issue_ticket(change, account.id, password), expires_in=LIMITS.flow_life)


def _begun(change: Change, account: Account, password: PasswordRow, gate: GateRow, typed: str) -> LoggedIn:
    token = begin_session(change, gate)
    actions = [PasswordRow.login_before.set(password.last_login)] if password.last_login else []
    if password.stored and needs_rehash(password.stored):
        actions.append(PasswordRow.stored.set(hash_password(typed)))
    actions.append(PasswordRow.last_login.set(stamp(change.now)))
    change.update(password, actions, when=PasswordRow.stored == password.stored)
    change.audit("account:session:begun", subject=store.key_of(account.id))
    kind = CallerKind(account.kind.value)
    return change.commit(
        LoggedIn(
            token=token,
            account_id=account.id,
            kind=account.kind.value,
            name=mask_name(account.known_as) if account.known_as else None,
            idle_seconds=idle(kind),
            ends_at=stamp(change.now + timedelta(seconds=absolute(kind))),
            last_login=password.last_login,
            next=missing_information(account),
        ),
    )
