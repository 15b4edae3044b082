"""The step 邮箱校验: a proven e-mail address stands for the reserved mobile (REC-05)."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.codes import use_code
from expertgate.caller import Caller
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.recovery import rules, store
from expertgate.recovery.actions.answers import recovery_answer
from expertgate.recovery.actions.opening import open_at, subject_of
from expertgate.recovery.model import Step
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import VerifyEmail


def verify_recovery_email(recovery_id: str, ticket: str, request: VerifyEmail, caller: Caller, world: World) -> RecoveryAnswer:
    """Prove the address; only then is it said whether it is the right one, so that nobody can ask for addresses not his own."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.VERIFY_EMAIL)
    use_code(change, was.recovery.kind.purpose, request.email, request.email_code)
    named = accounts.account(world, was.recovery.account_id) if was.recovery.account_id else None
    account = rules.demand_proven_email(named, request.email)
    proven = replace(rules.moved_on(was.recovery), account_id=account.id)
    store.save(change, was, proven)
    change.audit("recovery:email:verified", subject=subject_of(proven), recovery=proven.id)
    return change.commit(recovery_answer(proven, account, caller, world))
