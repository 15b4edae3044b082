"""Entering a service for the first time, which gives the unit something to grant."""

from expertgate.account import store as accounts
from expertgate.account.model import RealName
from expertgate.caller import Caller, Language
from expertgate.catalogue.model import Service
from expertgate.delegation import store
from expertgate.delegation.actions.naming import service_named
from expertgate.delegation.model import Opening
from expertgate.delegation.requests.grants import OpenedService
from expertgate.errors.delegation import UnitNotRealNamed
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def open_service(code: str, caller: Caller, world: World) -> OpenedService:
    """Enter a service; entering it again changes nothing and answers the same (DEL-03)."""
    service = service_named(code)
    opened = store.opening(caller.id, code)
    if opened is not None:
        return _answer(opened, service, caller.language)
    unit = accounts.account(world, caller.id)
    if unit is None or unit.real_name is not RealName.PASSED:
        raise UnitNotRealNamed
    return _opened(Change(world, caller), service)


def _opened(change: Change, service: Service) -> OpenedService:
    try:
        return _open(change, service)
    except ChangedMeanwhile:
        first = store.opening(change.caller.id, service.code)
        if first is None:
            raise
        return _answer(first, service, change.caller.language)


def _open(change: Change, service: Service) -> OpenedService:
    opened = Opening(change.caller.id, service.code, tuple(role.code for role in service.roles), change.now)
    store.add_opening(change, opened, otherwise=ChangedMeanwhile())
    change.audit("delegation:service:opened", subject=store.subject_of(opened.unit_id, service.code), roles=list(opened.roles))
    return change.commit(_answer(opened, service, change.caller.language))


def _answer(opened: Opening, service: Service, language: Language) -> OpenedService:
    name = service.name if language is Language.ZH else service.english
    return OpenedService(service=opened.service, service_name=name, roles=list(opened.roles), opened_at=opened.opened)
