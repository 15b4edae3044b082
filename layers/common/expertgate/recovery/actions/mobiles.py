"""The step 手机校验: a mobile is proven, and with it whose account this is."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.codes import use_code
from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.errors.recovery import RecoveryMobileDiffers
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.recovery import rules, store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.opening import open_at, subject_of
from expertgate.recovery.model import Kind, Recovery, Step
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import VerifyMobile


def verify_recovery_mobile(recovery_id: str, ticket: str, request: VerifyMobile, caller: Caller, world: World) -> RecoveryAnswer:
    """Prove the mobile; only then is it said whether it is the right one, so that nobody can ask for numbers not his own."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.VERIFY_MOBILE)
    use_code(change, was.recovery.kind.purpose, request.mobile, request.sms_code)
    account = _owner(was.recovery, request.mobile, world)
    proven = replace(rules.moved_on(was.recovery), account_id=account.id if account else None, mobile=request.mobile)
    store.save(change, was, proven)
    change.audit("recovery:mobile:verified", subject=subject_of(proven), recovery=proven.id)
    return change.commit(recovery_answer(proven, account, caller, world))


def _owner(recovery: Recovery, mobile: str, world: World) -> Account | None:
    """Return whose mobile this is, as far as the kind of recovery depends on it."""
    if recovery.mobile is not None and recovery.mobile != mobile:
        raise RecoveryMobileDiffers(way="given")
    if recovery.kind is Kind.PERSON_PASSWORD_BY_MOBILE:
        return rules.demand_unbound(accounts.person_by_mobile(world, mobile))
    if Step.SUBMIT_EVIDENCE in recovery.kind.steps:
        return None
    account = accounts.account(world, recovery.account_id) if recovery.account_id else None
    return rules.demand_reserved(account, mobile, recovery.kind.account_kind)
