"""One-time codes (D-04): what an approved appeal sends instead of a password; each sets a new password once."""

from datetime import timedelta

from expertgate.account import store as accounts
from expertgate.account.model import Account, AccountKind
from expertgate.account.names import claims_answering
from expertgate.errors.recovery import OneTimeCodeWrong, RecoveryOver
from expertgate.outbound.change import Change
from expertgate.outbound.keys import same
from expertgate.recovery import codes
from expertgate.recovery.codes import OneTimeCodeRow
from expertgate.settings import LIMITS


def issue_one_time_code(change: Change, account_id: str) -> str:
    """Add a code for the account to the change and return it; it ends the one before, and the recovery that one began."""
    code = change.world.codes.digits(LIMITS.one_time_code_digits)
    ends = change.now + timedelta(seconds=LIMITS.one_time_code_life)
    row = OneTimeCodeRow(
        pk=codes.code_key(account_id),
        digest=codes.code_digest(change.world, account_id, code),
        ends=int(ends.timestamp()),
        expires=int(ends.timestamp()) + LIMITS.flow_life,  # a recovery begun at the last moment still finds its code
    )
    change.overwrite(row)
    return code


def account_of_code(change: Change, login_name: str, code: str, recovery_id: str) -> Account:
    """Return whose code this is; the change binds it to this recovery and so ends the one it began before.

    A try is counted before the code is looked at, of the right code, too: a lost page may be begun anew, but not for ever.
    Raises OneTimeCodeWrong, also for an unknown log-in name.
    """
    world = change.world
    claims = [one for kind in AccountKind for one in claims_answering(login_name, kind, change.now)]
    found = next((one for one in accounts.holders(world, *dict.fromkeys(claims)) if one), None)
    row = codes.count_try(world, found) if found else None
    if found is None or row is None or not same(row.digest, codes.code_digest(world, found, code)):
        raise OneTimeCodeWrong
    is_the_same = OneTimeCodeRow.digest == row.digest
    change.update(row, [OneTimeCodeRow.recovery_id.set(recovery_id)], when=is_the_same, otherwise=OneTimeCodeWrong())
    account = accounts.account(world, found)
    if account is None:
        raise OneTimeCodeWrong
    return account


def use_up(change: Change, account_id: str, recovery_id: str) -> None:
    """Use the code up with the password it sets; only the last recovery it began may.

    The commit raises RecoveryOver for an earlier one.
    """
    row = OneTimeCodeRow(pk=codes.code_key(account_id))
    change.delete(row, when=OneTimeCodeRow.recovery_id == recovery_id, otherwise=RecoveryOver())
