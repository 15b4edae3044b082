"""The mobile of an account: changed with two proofs, the old one told, with a way to object (ACC-17)."""

from dataclasses import replace

from pynamodb.expressions.update import Action

from expertgate.account import store, tickets
from expertgate.account.actions.claims import move_claims
from expertgate.account.actions.codes import use_code
from expertgate.account.actions.holders import tell_by_email
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import own_rows, rows_of
from expertgate.account.model import Account, AccountKind
from expertgate.account.requests.passwords import ChangeMobile, ChangeUndone, MobileChanged, ObjectToMobileChange
from expertgate.account.rules import Purpose, is_objection_alive
from expertgate.account.store import PasswordRow
from expertgate.account.tickets import ObjectionRow
from expertgate.caller import Caller
from expertgate.errors.account import ObjectionGone
from expertgate.forms.masks import mask_mobile
from expertgate.forms.problems import FieldProblem
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import mobile_only, tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.limits import count
from expertgate.outbound.sessions import GateRow, move_epoch
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS


def change_mobile(request: ChangeMobile, caller: Caller, world: World) -> MobileChanged:
    """Change the mobile: the new one by its code, the right to do so by the password or a code of the old one."""
    row, password, _ = rows_of(caller)
    account = store.to_account(world, row)
    if request.mobile == account.mobile:
        raise FieldProblem("mobile_unchanged").at("mobile")
    change = Change(world, caller)
    _prove(change, account, password, request)
    use_code(change, Purpose.CHANGE_MOBILE, request.mobile, request.sms_code)
    store.save(change, row, moved_mobile(change, account, request.mobile))
    return change.commit(MobileChanged(mobile=mask_mobile(request.mobile)))


def moved_mobile(change: Change, account: Account, mobile: str, *, by_sms: bool = True) -> Account:
    """Return the account with another mobile, to be saved; adds its claim, the notices and the way to object to the change.

    Without `by_sms` the new mobile hears of it from the caller, who has more to say: one thing is one short message.
    """
    moved = with_mobile(account, mobile)
    move_claims(change, account, moved)
    change.audit("account:mobile:changed", subject=store.key_of(account.id))
    tell(change, recipient(account.id, mobile if by_sms else None), "mobile_changed", mobile=mask_mobile(mobile))
    # Without the code to object: the old mobile alone has it (docs/accounts.md says why).
    tell_by_email(change, account, "mobile_changed_letter", mobile=mask_mobile(mobile))
    if account.mobile:
        _offer_objection(change, account.id, account.mobile, mobile)
    return moved


def with_mobile(account: Account, mobile: str | None) -> Account:
    """Return the account with this mobile; a main agent who had the old one has the new one too."""
    unit = account.unit
    if unit and unit.main_agent and mobile and unit.main_agent.mobile == account.mobile:
        unit = replace(unit, main_agent=replace(unit.main_agent, mobile=mobile))
    return replace(account, mobile=mobile, unit=unit)


def object_to_mobile_change(request: ObjectToMobileChange, caller: Caller, world: World) -> ChangeUndone:
    """Undo a change of mobile: the old one is back, all sessions end, and the password, which somebody else knows, is void."""
    count(world, f"objection#{caller.client}", LIMITS.look_ups_per_client_an_hour, HOUR)
    change = Change(world, caller)
    objection = ObjectionRow.find(tickets.objection_key(request.objection_code))
    if objection is None or objection.ends <= change.now.timestamp():
        raise ObjectionGone
    row, password, gate = own_rows(objection.account_id)
    if not is_objection_alive(objection.made, password.objected_from, password.objected_at):
        raise ObjectionGone
    account = store.to_account(world, row)
    # Whoever changed the mobile may have proven an e-mail address of his own: the holder proves his again.
    restored = replace(_restored(world, account, str(objection.unseal(world.keys)["old_mobile"])), email_proven=False)
    move_claims(change, account, restored)
    store.save(change, row, restored)
    _void(change, password, gate, objection.made)
    change.delete(objection, otherwise=ObjectionGone())
    change.audit("account:mobile:restored", subject=store.key_of(account.id))
    tell(change, recipient(account.id, restored.mobile), "mobile_change_undone")
    shown = mask_mobile(restored.mobile) if restored.mobile else None
    return change.commit(ChangeUndone(mobile=shown, next="recover_password" if shown else "appeal"))


def _prove(change: Change, account: Account, password: PasswordRow, request: ChangeMobile) -> None:
    if request.current_password is not None:
        demand_password(change.world, account.id, password, request.current_password)
    elif account.mobile is not None and request.old_mobile_code is not None:
        use_code(change, Purpose.CONFIRM_MOBILE, account.mobile, request.old_mobile_code, "old_mobile_code")
    else:
        raise FieldProblem("no_old_mobile").at("old_mobile_code")


def _offer_objection(change: Change, account_id: str, old: str, new: str) -> None:
    code = change.world.codes.digits(LIMITS.objection_digits)
    ends = int(change.now.timestamp()) + LIMITS.objection_life
    row = ObjectionRow(pk=tickets.objection_key(code), account_id=account_id, made=stamp(change.now), ends=ends, expires=ends)
    row.seal(change.world.keys, {"old_mobile": old})
    change.put(row)
    facts = {"mobile": mask_mobile(new), "code": code, "days": LIMITS.objection_life // (24 * HOUR)}
    tell(change, mobile_only(old), "mobile_changed_object", secret_for=LIMITS.objection_life, **facts)


def _restored(world: World, account: Account, old_mobile: str) -> Account:
    """Return the account with its old mobile, or with none where somebody else has it by now."""
    holder = store.holders(world, ("mobile", old_mobile))[0] if account.kind is AccountKind.PERSON else None
    return with_mobile(account, old_mobile if holder in {None, account.id} else None)


def _void(change: Change, password: PasswordRow, gate: GateRow, objected_from: str) -> None:
    actions: list[Action] = [PasswordRow.stored.remove(), PasswordRow.version.set(password.version + 1)]
    actions += [PasswordRow.objected_from.set(objected_from), PasswordRow.objected_at.set(stamp(change.now))]
    change.update(password, actions, when=PasswordRow.version == password.version)
    move_epoch(change, gate)
