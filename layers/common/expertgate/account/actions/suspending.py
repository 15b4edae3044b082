"""An operator of the platform stops an account and lets it go on: its sessions and a unit's grants end with the same transaction."""

from dataclasses import dataclass, replace
from typing import cast

from expertgate.account import store, suspensions
from expertgate.account.actions.holders import tell_holder
from expertgate.account.model import Account, AccountKind, Status, Suspension
from expertgate.account.names import claims_answering
from expertgate.account.requests.suspension import FindAccount, ReinstateAccount, StandingAnswer, SuspendAccount, SuspensionAnswer
from expertgate.account.rules import documents_of
from expertgate.account.store import AccountRow
from expertgate.account.suspensions import SuspensionRow
from expertgate.caller import Caller, Language
from expertgate.effects import demand_no_stake
from expertgate.errors.account import AccountUnknown, OwnAccount
from expertgate.forms.masks import mask_mobile, mask_name
from expertgate.forms.problems import FieldProblem
from expertgate.forms.uscc import parse_uscc
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import read_together
from expertgate.outbound.sessions import GateRow, close_gate, gate_key
from expertgate.outbound.standing import rest_grants
from expertgate.outbound.world import World
from expertgate.review.model import Duty
from expertgate.review.rules.officials import require_duty
from expertgate.review.store import officials
from expertgate.wording import say


@dataclass(frozen=True, slots=True)
class _Found:
    """An account with what decides whether it may be used, read at one moment."""

    row: AccountRow
    account: Account
    suspension: Suspension | None
    gate: GateRow


def find_account(request: FindAccount, caller: Caller, world: World) -> StandingAnswer:
    """Return the account a log-in name or credit code belongs to; that it was looked at is on record.

    Raises AccountUnknown.
    """
    require_duty(caller, Duty.OPERATOR)
    change = Change(world, caller)
    claims = [*claims_answering(request.login_name, request.kind, change.now), *_credit_code(request)]
    found = next((one for one in store.holders(world, *claims) if one), None)
    seen = _found(found or "-", world)
    if seen.account.kind is not request.kind:
        raise AccountUnknown
    change.audit("account:account:looked_up", subject=store.key_of(seen.account.id))
    return change.commit(_answer(seen.account, seen.suspension, caller.language))


def suspend_account(account_id: str, request: SuspendAccount, caller: Caller, world: World) -> StandingAnswer:
    """Stop an account: nobody logs in, all sessions end at once, a unit's grants rest; of several operators one does it.

    Raises AccountUnknown, OwnAccount.
    """
    require_duty(caller, Duty.OPERATOR)
    found = _found(account_id, world)
    account, change = found.account, Change(world, caller)
    if account.status is Status.SUSPENDED:
        return _answer(account, found.suspension, caller.language)
    _demand_not_own(change, account)
    made = Suspension(request.reason, request.statement, stamp(change.now), caller.id)
    suspended = _written(change, found, Status.SUSPENDED, made)
    if account.kind is AccountKind.UNIT:
        rest_grants(change, account.id, "suspended")
    change.audit("account:account:suspended", subject=store.key_of(account.id), reason=request.reason.value)
    tell_holder(change, account, f"suspended_for_{request.reason.value}")
    return change.commit(_answer(suspended, made, caller.language))


def reinstate_account(account_id: str, request: ReinstateAccount, caller: Caller, world: World) -> StandingAnswer:
    """Let a suspended account go on: its holder logs in anew, and a unit confirms its grants one by one (DEL-17).

    Raises AccountUnknown, OwnAccount.
    """
    require_duty(caller, Duty.OPERATOR)
    found = _found(account_id, world)
    account, change = found.account, Change(world, caller)
    if account.status is not Status.SUSPENDED or found.suspension is None:
        return _answer(account, found.suspension, caller.language)
    _demand_not_own(change, account)
    ended = replace(found.suspension, ended=stamp(change.now), ended_by=caller.id, ended_statement=request.statement)
    reinstated = _written(change, found, Status.ACTIVE, ended)
    change.audit("account:account:reinstated", subject=store.key_of(account.id))
    tell_holder(change, account, "unit_reinstated" if account.unit else "account_reinstated")
    return change.commit(_answer(reinstated, ended, caller.language))


def _found(account_id: str, world: World) -> _Found:
    """Return an account that may be suspended or go on: an official is no account, and a closed one is gone."""
    place, _ = store.with_password(account_id)
    row, suspension, gate = read_together(place, suspensions.place_of(account_id), gate_key(account_id))
    if row is None or gate is None:
        raise AccountUnknown
    account = store.to_account(world, cast("AccountRow", row))
    if account.status is Status.CLOSED:
        raise AccountUnknown
    last = suspensions.to_suspension(world, cast("SuspensionRow | None", suspension))
    return _Found(cast("AccountRow", row), account, last, cast("GateRow", gate))


def _written(change: Change, found: _Found, status: Status, suspension: Suspension) -> Account:
    account = replace(found.account, status=status)
    store.save(change, found.row, account)
    suspensions.save(change, account.id, suspension)
    close_gate(change, found.gate, closed=status is Status.SUSPENDED)
    return account


def _demand_not_own(change: Change, account: Account) -> None:
    """Nobody judges himself or a unit he represents or acts for (four-eyes); the official must be at work when this is written."""
    official = officials.official(change.world, change.caller.id)
    if official.document_key in documents_of(account):
        raise OwnAccount
    officials.require_active(change, official)
    if account.kind is AccountKind.UNIT:
        demand_no_stake(change, official.document_key, account.id, OwnAccount())


def _credit_code(request: FindAccount) -> list[tuple[str, str]]:
    if request.kind is not AccountKind.UNIT:
        return []
    try:
        return [("uscc", parse_uscc(request.login_name).code)]
    except FieldProblem:
        return []


def _answer(account: Account, suspension: Suspension | None, language: Language) -> StandingAnswer:
    name = account.known_as if account.unit else mask_name(account.name) if account.name else None
    return StandingAnswer(
        account_id=account.id,
        kind=account.kind.value,
        name=name,
        mobile=mask_mobile(account.mobile) if account.mobile else None,
        status=account.status.value,
        status_name=say("sentences", f"status_{account.status}", language),
        suspension=_suspension(suspension, language) if suspension else None,
    )


def _suspension(one: Suspension, language: Language) -> SuspensionAnswer:
    return SuspensionAnswer(
        reason=one.reason.value,
        reason_name=say("sentences", f"suspension_{one.reason}", language),
        statement=one.statement,
        since=one.since,
        by=one.by,
        ended=one.ended,
        ended_by=one.ended_by,
        ended_statement=one.ended_statement,
    )
