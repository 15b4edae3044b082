"""Leaving: own data exported, an account that is not bound closed (ACC-24)."""

from dataclasses import replace

from expertgate.account import store, suspensions
from expertgate.account.actions.claims import claims_of
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import rows_of
from expertgate.account.model import Account, Status
from expertgate.account.requests.information import Closed, ConsentAnswer, DeedAnswer, ExportAnswer, WithPassword
from expertgate.account.sealed import pack
from expertgate.caller import Caller
from expertgate.errors.account import DocumentBound
from expertgate.notice.actions.telling import email_only, mobile_only, tell
from expertgate.notice.store import NoticeRow, inbox
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.sessions import close_gate
from expertgate.outbound.standing import rest_grants
from expertgate.outbound.world import World
from expertgate.settings import LIMITS
from expertgate.wording import say


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
    if account.proven_email:
        tell(change, email_only(account.proven_email), "account_closed")
    return change.commit(Closed())


def export_account(request: WithPassword, caller: Caller, world: World) -> ExportAnswer:
    """Return everything that is kept about the caller, unmasked; the password is asked for again."""
    row, password, _ = rows_of(caller)
    account = store.to_account(world, row)
    demand_password(world, account.id, password, request.current_password)
    change = Change(world, replace(caller, repeat=None))  # a repeat row would keep the whole export for a day
    change.audit("account:data:exported", subject=store.key_of(account.id))
    exported = ExportAnswer(
        made_at=stamp(change.now),
        account=_plain(account),
        consents=[ConsentAnswer(agreement=one.agreement, version=one.version, at=stamp(one.at)) for one in account.consents],
        messages=[_message(one, caller, world) for one in inbox(account.id, LIMITS.page_size_most, None)],
        deeds=[DeedAnswer(tag=one.tag, at=one.at, by_me=one.actor == account.id) for one in _deeds(account.id)],
    )
    return change.commit(exported)


def _emptied(account: Account) -> Account:
    return Account(account.id, account.kind, Status.CLOSED, account.channel, account.created, consents=account.consents)


def _plain(account: Account) -> dict[str, object]:
    states = {"id": account.id, "kind": account.kind, "status": account.status, "channel": account.channel}
    known = {"real_name": account.real_name, "real_person": account.real_person, "created": stamp(account.created)}
    return {**states, **known, **pack(account)}


def _message(row: NoticeRow, caller: Caller, world: World) -> dict[str, object]:
    facts = row.unseal(world.keys).get("facts", {})
    return {"at": row.at, "template": row.template, "text": say("notices", row.template, caller.language, facts)}


def _deeds(account_id: str) -> list[AuditRow]:
    size = LIMITS.page_size_most
    return list(AuditRow.query(store.key_of(account_id), scan_index_forward=False, limit=size, page_size=size))
