"""An account whose document is somebody else's goes to the document's holder (REC-10)."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.claims import move_claims
from expertgate.account.model import Account, HeldDocument, RealName, RealPerson
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import gate_of, move_epoch


def taken_over(change: Change, account: Account, name: str, mobile: str) -> Account:
    """Return the account as the holder's of its document, to be saved; the change shuts out who had it.

    He gets no code to object with, unlike after a change of mobile, and earlier ones are void: they would give him the holder's account.
    """
    free = accounts.holders(change.world, ("mobile", mobile))[0] in {None, account.id}
    given = replace(
        account,
        name=name,
        document=_bare(account.document) if account.document else None,
        mobile=mobile if free else None,
        email=None,
        email_proven=False,
        landline=None,
        real_name=RealName.UNCHECKED,
        real_person=RealPerson.NOT_PASSED,
        consents=(),
    )
    move_claims(change, account, given)
    _shut_out(change, account)
    change.audit("account:holder:replaced", subject=accounts.key_of(account.id))
    return given


def _bare(held: HeldDocument) -> HeldDocument:
    """Return type and number: what else was said of the document was said by another."""
    return replace(held, valid_from=None, valid_to=None, social_card=None)


def _shut_out(change: Change, account: Account) -> None:
    password, gate = accounts.password_of(account.id), gate_of(account.id)
    if password is not None:
        accounts.void_password(change, password, account.created)
    if gate is not None:
        move_epoch(change, gate)
