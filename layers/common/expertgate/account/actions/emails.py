"""The e-mail address of an account: proven by a code before it may open anything (REC-05)."""

from dataclasses import replace

from expertgate.account import store
from expertgate.account.actions.codes import use_code
from expertgate.account.actions.holders import tell_holder, tell_left_email
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import rows_of
from expertgate.account.model import Account
from expertgate.account.requests.passwords import ConfirmEmail, EmailConfirmed
from expertgate.account.rules import Purpose
from expertgate.account.store import PasswordRow
from expertgate.caller import Caller
from expertgate.forms.masks import mask_email
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def confirm_email(request: ConfirmEmail, caller: Caller, world: World) -> EmailConfirmed:
    """Prove an e-mail address by its code, the right to do so by the password or a code of the mobile: a stolen session is not enough."""
    row, password, _ = rows_of(caller)
    account = store.to_account(world, row)
    if request.email == account.proven_email:
        raise FieldProblem("email_proven_already").at("email")
    change = Change(world, caller)
    _prove(change, account, password, request)
    use_code(change, Purpose.CONFIRM_EMAIL, request.email, request.email_code)
    proven = replace(account, email=request.email, email_proven=True)
    store.save(change, row, proven)
    change.audit("account:email:proven", subject=store.key_of(account.id))
    tell_holder(change, proven, "email_confirmed", email=mask_email(request.email))
    tell_left_email(change, account, proven)
    return change.commit(EmailConfirmed(email=mask_email(request.email)))


def _prove(change: Change, account: Account, password: PasswordRow, request: ConfirmEmail) -> None:
    if request.current_password is not None:
        demand_password(change.world, account.id, password, request.current_password)
    elif account.mobile is not None and request.mobile_code is not None:
        use_code(change, Purpose.CONFIRM_MOBILE, account.mobile, request.mobile_code, "mobile_code")
    else:
        raise FieldProblem("no_old_mobile").at("mobile_code")
