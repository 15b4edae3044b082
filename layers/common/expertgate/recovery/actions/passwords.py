"""The step 设置新密码: a new password, all sessions ended, the holder told (REC-02 to REC-06, D-16)."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.holders import tell_holder
from expertgate.account.model import Account
from expertgate.account.rules import own_values
from expertgate.account.store import AccountRow
from expertgate.caller import Caller
from expertgate.errors.recovery import RecoveredAccountUnknown
from expertgate.forms.passwords import Occasion, check_password
from expertgate.forms.problems import told_at
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.sessions import gate_of, move_epoch
from expertgate.outbound.world import World
from expertgate.recovery import rules, store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.codes import use_up
from expertgate.recovery.actions.opening import open_at, subject_of
from expertgate.recovery.model import Kind, Recovery, Step
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import SetRecoveryPassword


def set_recovery_password(recovery_id: str, ticket: str, request: SetRecoveryPassword, caller: Caller, world: World) -> RecoveryAnswer:
    """Set the new password and finish the recovery."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.SET_PASSWORD)
    row = accounts.row_of(was.recovery.account_id or "-")
    if row is None:
        raise RecoveredAccountUnknown(way=was.recovery.kind.value)
    account = accounts.to_account(world, row)
    _check(request, account)
    _write(change, row, account, was.recovery, request.password)
    done = rules.moved_on(was.recovery)
    store.save(change, was, done)
    change.audit("recovery:password:reset", subject=subject_of(done), recovery=done.id, kind=done.kind.value)
    return change.commit(recovery_answer(done, account, caller, world))


def _write(change: Change, row: AccountRow, account: Account, recovery: Recovery, password: str) -> None:
    stored, gate = accounts.password_of(account.id), gate_of(account.id)
    if stored is None or gate is None:
        raise RecoveredAccountUnknown(way=recovery.kind.value)
    rules.demand_proven_still(recovery, account)
    rules.demand_newer(recovery, *(instant(one) for one in (stored.set_at, stored.objected_at) if one))
    accounts.set_password(change, stored, hash_password(password))
    real_person = rules.real_person_after(recovery.kind, account.real_person)
    if real_person is not account.real_person:
        accounts.save(change, row, replace(account, real_person=real_person))
    if recovery.kind is Kind.ONE_TIME_CODE:
        use_up(change, account.id, recovery.id)
    move_epoch(change, gate)
    tell_holder(change, account, "password_reset")


def _check(request: SetRecoveryPassword, account: Account) -> None:
    with told_at("password"):
        check_password(request.password, request.password_confirmation, Occasion.RESET, own_values(account))
