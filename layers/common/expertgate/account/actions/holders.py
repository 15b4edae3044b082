"""Telling the holder of an account: message centre, reserved mobile, and the e-mail address if it was proven (MSG-01)."""

from expertgate.account.model import Account
from expertgate.forms.masks import mask_email
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import email_only, tell
from expertgate.outbound.change import Change


def tell_holder(change: Change, account: Account, template: str, **facts: object) -> None:
    """Tell the holder by every way that is known to be his: who took one of them away still leaves the other."""
    tell(change, recipient(account.id, account.mobile), template, secret_for=None, **facts)
    tell_by_email(change, account, template, **facts)


def tell_by_email(change: Change, account: Account, template: str, **facts: object) -> None:
    """Tell the holder at the e-mail address that was proven to be his, if there is one."""
    if account.proven_email is not None:
        tell(change, email_only(account.proven_email), template, secret_for=None, **facts)


def tell_left_email(change: Change, before: Account, after: Account) -> None:
    """Tell a proven e-mail address that the account has another one from now on."""
    if before.proven_email is not None and after.email != before.email:
        shown = mask_email(after.email) if after.email else "-"
        tell(change, email_only(before.proven_email), "email_left", email=shown)
