"""Own password: changed with the present one, or set with a ticket of the log-in; other sessions end at once (ACC-17, ACC-23)."""

from collections.abc import Iterable

from expertgate.account import store
from expertgate.account.actions.holders import tell_holder
from expertgate.account.actions.showing import own_rows, rows_of
from expertgate.account.actions.tickets import use_ticket
from expertgate.account.model import Account
from expertgate.account.passwords import fits_stored
from expertgate.account.requests.passwords import ChangePassword, PasswordChanged, SetPassword
from expertgate.account.requests.registration import NewPassword
from expertgate.account.rules import expires_at, own_values
from expertgate.account.store import PasswordRow
from expertgate.caller import Caller
from expertgate.errors.account import PasswordRefused, TicketGone
from expertgate.forms.passwords import Occasion, check_password
from expertgate.forms.problems import FieldProblem, told_at
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.limits import count
from expertgate.outbound.passwords import hash_password
from expertgate.outbound.sessions import GateRow, move_epoch
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS


def change_password(request: ChangePassword, caller: Caller, world: World) -> PasswordChanged:
    """Change the password; this session goes on, all others end (ACC-17)."""
    row, password, gate = rows_of(caller)
    account = store.to_account(world, row)
    _check(request, own_values(account), Occasion.CHANGE)
    demand_password(world, account.id, password, request.current_password)
    return _written(Change(world, caller), account, (password, gate), request.password, keep=caller.session_id)


def set_password(request: SetPassword, caller: Caller, world: World) -> PasswordChanged:
    """Set the password with the ticket of a log-in that was right but too old, or came from an old platform (ACC-13, ACC-16)."""
    change = Change(world, caller)
    ticket = use_ticket(change, request.ticket)
    row, password, gate = own_rows(ticket.account_id)
    if password.version != ticket.password_version:  # somebody set it meanwhile: who holds an old ticket may be the one it was set against
        raise TicketGone
    account = store.to_account(world, row)
    _check(request, own_values(account), Occasion.RESET)
    return _written(change, account, (password, gate), request.password, keep=None)


def demand_password(world: World, account_id: str, password: PasswordRow, typed: str) -> None:
    """Demand the present password as a proof; tries are counted before it is looked at.

    Raises PasswordRefused.
    """
    counted = count(world, f"proof#{account_id}", LIMITS.password_proofs_an_hour, HOUR)
    if not fits_stored(world, typed, password.stored):
        raise PasswordRefused
    counted.give_back()


def _check(request: NewPassword, own: Iterable[str], occasion: Occasion) -> None:
    with told_at("password"):
        check_password(request.password, request.password_confirmation, occasion, own)


def _written(change: Change, account: Account, rows: tuple[PasswordRow, GateRow], typed: str, keep: str | None) -> PasswordChanged:
    password, gate = rows
    if password.stored and fits_stored(change.world, typed, password.stored):
        raise FieldProblem("password_unchanged").at("password")
    store.set_password(change, password, hash_password(typed))
    move_epoch(change, gate, keep_session=keep)
    change.audit("account:password:changed", subject=store.key_of(account.id))
    tell_holder(change, account, "password_changed")
    return change.commit(PasswordChanged(password_expires_at=stamp(expires_at(change.now))))
