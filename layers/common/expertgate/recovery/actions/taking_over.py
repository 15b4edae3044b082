"""An account whose document, or whose name as a unit, is somebody else's goes to its holder (REC-10, ID-03)."""

from dataclasses import replace

from expertgate.account import store as accounts
from expertgate.account.actions.claims import move_claims
from expertgate.account.model import Account, HeldDocument, RealName, RealPerson
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import gate_of, move_epoch


def taken_over(change: Change, account: Account, name: str, mobile: str) -> Account:
    """Return the account as the holder's of its document, to be saved; the change shuts out who had it."""
    free = accounts.holders(change.world, ("mobile", mobile))[0] in {None, account.id}
    document = _bare(account.document) if account.document else None
    return _handed_on(change, account, replace(account, name=name, document=document, mobile=mobile if free else None))


def unit_taken_over(change: Change, account: Account, uscc: str, mobile: str) -> Account:
    """Return the account as that of the unit with its name, under its own code, to be saved; the change shuts out who had it."""
    facts = account.unit and replace(account.unit, uscc=uscc, legal_representative=None, main_agent=None, landline=None, address=None)
    return _handed_on(change, account, replace(account, unit=facts, mobile=mobile))


def _handed_on(change: Change, account: Account, own: Account) -> Account:
    """Return it with nothing left that was said or proven by who had it.

    He gets no code to object with, unlike after a change of mobile, and earlier ones are void: they would give him the holder's account.
    """
    given = replace(
        own,
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
