"""Which account a recovery is about, by what was typed in full (D-03)."""

from collections.abc import Callable
from datetime import datetime

from expertgate.account import store as accounts
from expertgate.account.model import Account, AccountKind
from expertgate.account.names import claims_answering
from expertgate.errors.recovery import RecoveredAccountUnknown
from expertgate.forms.names import parse_unit_name
from expertgate.outbound.world import World
from expertgate.recovery import rules
from expertgate.recovery.model import Kind
from expertgate.recovery.requests.starting import StartRecovery

type Find = Callable[[StartRecovery, datetime, World], Account | None]


def find_account(request: StartRecovery, now: datetime, world: World) -> Account | None:
    """Return the account that was named; None where the kind tells nothing before a mobile was proven.

    Raises RecoveredAccountUnknown and what keeps the account from going this way.
    """
    find = _WAYS.get(request.kind)
    if find is None:
        return None
    account = find(request, now, world)
    if account is None or not rules.is_findable(account, request.kind.account_kind):
        raise RecoveredAccountUnknown(way=request.kind.value)
    rules.demand_recoverable(request.kind, account)
    return account


def find_by_login_name(login_name: str, now: datetime, world: World) -> Account | None:
    """Return the person with this log-in name, or None."""
    return _holder(claims_answering(login_name, AccountKind.PERSON, now), world)


def find_person(document_number: str, now: datetime, world: World) -> Account | None:
    """Return the person with this document number, whatever the document's type."""
    claims = claims_answering(document_number, AccountKind.PERSON, now)
    return _holder([one for one in claims if one[0] == "document"], world)


def find_any_by_login_name(login_name: str, now: datetime, world: World) -> Account | None:
    """Return the account, of a person or a unit, with this log-in name."""
    claims = [one for kind in AccountKind for one in claims_answering(login_name, kind, now)]
    return _holder(list(dict.fromkeys(claims)), world)


def find_unit(uscc: str, world: World) -> Account | None:
    """Return the unit with this credit code, unless it is closed."""
    unit = accounts.unit_by_uscc(world, uscc)
    return unit if rules.is_findable(unit, AccountKind.UNIT) else None


def find_unit_named(unit_name: str, world: World) -> Account | None:
    """Return the unit with this name, unless it is closed."""
    unit = accounts.holder(world, "unit_name", parse_unit_name(unit_name).key)
    return unit if rules.is_findable(unit, AccountKind.UNIT) else None


def _person(request: StartRecovery, now: datetime, world: World) -> Account | None:
    account = find_person(request.document_number or "", now, world)
    return account if account is not None and rules.has_name(account, request.name or "") else None


def _unit(request: StartRecovery, now: datetime, world: World) -> Account | None:
    account = _holder(claims_answering(request.user_name or "", AccountKind.UNIT, now), world)
    return account if _is_named(account, request) else None


def _unit_by_name(request: StartRecovery, _: datetime, world: World) -> Account | None:
    account = accounts.unit_by_uscc(world, request.uscc or "")
    return account if _is_named(account, request) else None


def _is_named(account: Account | None, request: StartRecovery) -> bool:
    return account is not None and rules.is_called(account, request.unit_name or "", request.uscc or "")


def _holder(claims: list[tuple[str, str]], world: World) -> Account | None:
    found = next((one for one in accounts.holders(world, *claims) if one), None) if claims else None
    return accounts.account(world, found) if found else None


_WAYS: dict[Kind, Find] = {
    Kind.PERSON_PASSWORD: _person,
    Kind.PERSON_PASSWORD_BY_FACE: _person,
    Kind.PERSON_LOGIN_NAME: _person,
    Kind.UNIT_PASSWORD: _unit,
    Kind.UNIT_USER_NAME: _unit_by_name,
}
