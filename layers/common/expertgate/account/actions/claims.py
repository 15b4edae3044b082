"""What an account takes for itself alone (D-17), and what is said when somebody else has it (ACC-09, ID-03)."""

from expertgate.account import store
from expertgate.account.model import Account, AccountKind
from expertgate.account.store import Claimed
from expertgate.errors import account as errors
from expertgate.forms.user_names import LEGACY_PREFIX, answering_keys, user_name_key
from expertgate.outbound.change import Change


def claims_of(account: Account) -> list[Claimed]:
    """Return what this account holds alone, in the order in which conflicts are told: a unit's name before its code."""
    found = []
    if account.document:
        found.append(Claimed("document", account.document.unique_key, errors.DocumentRegistered()))
    if account.mobile and account.kind is AccountKind.PERSON:
        found.append(Claimed("mobile", account.mobile, errors.MobileRegistered()))
    if account.unit:
        found.append(Claimed("unit_name", account.unit.name_key, errors.UnitNameRegistered()))
        found.append(Claimed("uscc", account.unit.uscc, errors.UsccRegistered()))
    if account.user_name:
        found.append(Claimed("user_name", user_name_key(account.user_name), errors.UserNameRegistered()))
    return found


def claim_all(change: Change, account: Account) -> None:
    """Take everything for a new account; a user name also demands that no legacy account answers to it."""
    for claimed in claims_of(account):
        store.claim(change, account.id, claimed)
    if account.user_name and not account.user_name.upper().startswith(LEGACY_PREFIX):
        _, legacy = answering_keys(account.user_name)
        store.demand_unclaimed(change, Claimed("user_name", legacy, errors.UserNameRegistered()))


def move_claims(change: Change, before: Account, after: Account) -> None:
    """Give up what the account holds no more and take what is new to it."""
    old = {(one.kind, one.value): one for one in claims_of(before)}
    new = {(one.kind, one.value): one for one in claims_of(after)}
    for key, claimed in new.items():
        if key not in old:
            store.claim(change, after.id, claimed)
    for kind, value in old.keys() - new.keys():
        store.give_up(change, before.id, kind, value)
