"""The automatic real-name check (ID-01, ID-07)."""

from dataclasses import replace

from expertgate.account import checks
from expertgate.account import store as accounts
from expertgate.account.actions.comparing import compared
from expertgate.account.model import Account, Checked, Part, RealName
from expertgate.account.real_name import deciding, state_of
from expertgate.caller import Caller
from expertgate.errors.identity import IdentityUnknown, RegisterSilent, TooManyChecks
from expertgate.identity import rules
from expertgate.identity.actions.showing import identity_answer
from expertgate.identity.requests import IdentityAnswer
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.limits import count
from expertgate.outbound.register import Comparison
from expertgate.outbound.world import World
from expertgate.settings import DAY, LIMITS


def check_real_name(caller: Caller, world: World) -> IdentityAnswer:
    """Compare the account with the register and keep the outcome; a register that is silent decides nothing."""
    row = accounts.row_of(caller.id)
    if row is None:
        raise IdentityUnknown
    account = accounts.to_account(world, row)
    rules.demand_checkable(account)
    count(world, f"real_name#{account.id}", LIMITS.real_name_checks_a_day, DAY, TooManyChecks)
    answers = compared(world, account)
    outcome = state_of(deciding(answers))
    if outcome is RealName.UNCHECKED:
        raise RegisterSilent
    change = Change(world, caller)
    changed = replace(account, real_name=outcome)
    accounts.save(change, row, changed)
    return change.commit(identity_answer(changed, _keep(change, changed, answers), caller.language))


def _keep(change: Change, account: Account, answers: dict[Part, Comparison]) -> Checked:
    checked = checks.keep(change, account.id, answers)
    change.audit("identity:real_name:checked", subject=accounts.key_of(account.id), outcome=account.real_name.value, **checked.parts)
    template = "real_name_passed" if account.real_name is RealName.PASSED else "real_name_failed"
    tell(change, recipient(account.id, account.mobile), template)
    return checked
