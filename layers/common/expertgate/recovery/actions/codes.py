"""One-time codes (D-04): what an approved appeal sends instead of a password; each opens "set a new password" once."""

from datetime import timedelta

from expertgate.account import store as accounts
from expertgate.account.model import Account, AccountKind
from expertgate.account.names import claims_answering
from expertgate.errors.recovery import OneTimeCodeWrong
from expertgate.outbound.change import Change
from expertgate.outbound.keys import same
from expertgate.recovery import codes
from expertgate.recovery.codes import OneTimeCodeRow
from expertgate.settings import LIMITS


def issue_one_time_code(change: Change, account_id: str) -> str:
    """Add a code for the account to the change and return it; it ends the one before."""
    code = change.world.codes.digits(LIMITS.one_time_code_digits)
    ends = change.now + timedelta(seconds=LIMITS.one_time_code_life)
    row = OneTimeCodeRow(
        pk=codes.code_key(account_id),
        digest=codes.code_digest(change.world, account_id, code),
        ends=int(ends.timestamp()),
        expires=int(ends.timestamp()),
    )
    change.overwrite(row)
    return code


def account_of_code(change: Change, login_name: str, code: str) -> Account:
    """Return whose code this is; the change uses it up. A try is counted before the code is looked at.

    Raises OneTimeCodeWrong, also for an unknown log-in name.
    """
    world = change.world
    claims = [one for kind in AccountKind for one in claims_answering(login_name, kind, change.now)]
    found = next((one for one in accounts.holders(world, *dict.fromkeys(claims)) if one), None)
    row = codes.count_try(world, found) if found else None
    if found is None or row is None or not same(row.digest, codes.code_digest(world, found, code)):
        raise OneTimeCodeWrong
    change.delete(row, when=OneTimeCodeRow.digest == row.digest, otherwise=OneTimeCodeWrong())
    account = accounts.account(world, found)
    if account is None:
        raise OneTimeCodeWrong
    return account
