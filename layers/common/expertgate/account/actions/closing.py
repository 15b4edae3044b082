"""Leaving: an account that is not bound is closed (ACC-24)."""

from expertgate.account import store, suspensions
from expertgate.account.actions.claims import claims_of
from expertgate.account.actions.holders import tell_by_email
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import rows_of
from expertgate.account.model import Account, Status
from expertgate.account.requests.information import Closed, WithPassword
from expertgate.caller import Caller
from expertgate.errors.account import DocumentBound
from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate
from expertgate.outbound.standing import rest_grants
from expertgate.outbound.world import World


def close_account(request: WithPassword, caller: Caller, world: World) -> Closed:
    """Close the caller's account: its own row is wiped and what it held alone is free again.

    Its messages, the audit and cases that were opened stay, as docs/security.md says. Raises DocumentBound for a real-named one.
    """
    row, password, gate = rows_of(caller)
    account = store.to_account(world, row)
    if account.is_bound:
        raise DocumentBound
    demand_password(world, account.id, password, request.current_password)
    change = Change(world, caller)
    for claimed in claims_of(account):
        store.give_up(change, account.id, claimed.kind, claimed.value)
    store.save(change, row, _emptied(account))
    change.delete(password)
    suspensions.forget(change, account.id)
    close_gate(change, gate, closed=True)
    if account.unit:
        rest_grants(change, account.id, "closed")
    change.audit("account:account:closed", subject=store.key_of(account.id))
    if account.mobile:
        tell(change, mobile_only(account.mobile), "account_closed")
    tell_by_email(change, account, "account_closed")
    return change.commit(Closed())


def _emptied(account: Account) -> Account:
    return Account(account.id, account.kind, Status.CLOSED, account.channel, account.created, consents=account.consents)
