"""What may be applied for by somebody who can't log in: a unit's new mobile, an appeal, an added mobile (REC-09 to REC-11)."""

from expertgate.account import store as accounts
from expertgate.account.actions.codes import use_code
from expertgate.account.model import Account, AccountKind
from expertgate.account.rules import Purpose
from expertgate.caller import Caller
from expertgate.errors.account import MobileRegistered
from expertgate.errors.recovery import RecoveredAccountUnknown, RecoveryMobileDiffers
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.recovery import rules
from expertgate.recovery.actions.applying import Application, apply_with, count_application
from expertgate.recovery.actions.finding import find_any_by_login_name, find_person, find_unit, find_unit_named
from expertgate.recovery.actions.opening import open_at
from expertgate.recovery.model import AppealReason, Kind, Recovery, Step
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.evidence import SubmitAddedMobile, SubmitMobileReset, SubmitPersonAppeal, SubmitUnitAppeal


def submit_mobile_reset(recovery_id: str, ticket: str, request: SubmitMobileReset, caller: Caller, world: World) -> RecoveryAnswer:
    """Ask for another mobile of the unit, whose old one was forgotten at the second step (REC-09)."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.VERIFY_MOBILE, Step.AWAIT_REVIEW)
    rules.demand_kind(was.recovery, Kind.UNIT_PASSWORD)
    unit = accounts.account(world, was.recovery.account_id or "-")
    if unit is None or unit.unit is None or not rules.is_called(unit, request.unit_name, request.uscc):
        raise RecoveredAccountUnknown(way=was.recovery.kind.value)
    if was.recovery.case_id is None or request.mobile != was.recovery.mobile:
        use_code(change, Purpose.RESET_MOBILE, request.mobile, request.sms_code or "")
    files = rules.files_of(request.model_dump(), ("business_licence", "id_portrait", "id_emblem", "mobile_proof"))
    form: dict[str, object] = {"unit_name": request.unit_name, "uscc": request.uscc}
    return apply_with(change, was, Application("mobile_reset", unit, request.unit_name, request.mobile, form, files))


def submit_person_appeal(recovery_id: str, ticket: str, request: SubmitPersonAppeal, caller: Caller, world: World) -> RecoveryAnswer:
    """Appeal for the account that has this document (REC-10)."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.SUBMIT_EVIDENCE, Step.AWAIT_REVIEW)
    rules.demand_kind(was.recovery, Kind.PERSON_APPEAL)
    rules.demand_reason(AccountKind.PERSON, request.reason)
    count_application(change)
    account = find_person(request.document_number, change.now, world)
    if (
        account is None
        or not rules.is_findable(account, AccountKind.PERSON)
        or not rules.may_be_named(account, request.name, request.reason)
    ):
        raise RecoveredAccountUnknown(way=was.recovery.kind.value)
    files = rules.files_of(request.model_dump(), ("document_front", "document_back"))
    form = request.model_dump(mode="json", include={"reason", "name", "document_number", "statement"})
    return apply_with(change, was, Application("appeal", account, request.name, _proven(was.recovery), form, files))


def submit_unit_appeal(recovery_id: str, ticket: str, request: SubmitUnitAppeal, caller: Caller, world: World) -> RecoveryAnswer:
    """Appeal for the unit with this credit code, under its name or its newest, or with this name under another code (REC-10, ID-03)."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.SUBMIT_EVIDENCE, Step.AWAIT_REVIEW)
    rules.demand_kind(was.recovery, Kind.UNIT_APPEAL)
    rules.demand_reason(AccountKind.UNIT, request.reason, request.change_statement)
    count_application(change)
    unit = _appealed(request, world)
    if unit is None:
        raise RecoveredAccountUnknown(way=was.recovery.kind.value)
    files = rules.files_of(request.model_dump(), ("document_front", "document_back", "change_statement"))
    form = request.model_dump(mode="json", include={"reason", "unit_name", "uscc", "main_agent_name", "statement"})
    return apply_with(change, was, Application("appeal", unit, request.unit_name, _proven(was.recovery), form, files))


def submit_added_mobile(recovery_id: str, ticket: str, request: SubmitAddedMobile, caller: Caller, world: World) -> RecoveryAnswer:
    """Ask for a reserved mobile of an account that has none (REC-11)."""
    change = Change(world, caller)
    was = open_at(change, recovery_id, ticket, Step.SUBMIT_EVIDENCE, Step.AWAIT_REVIEW)
    rules.demand_kind(was.recovery, Kind.ADDED_MOBILE)
    count_application(change)
    account = rules.demand_without_mobile(find_any_by_login_name(request.login_name, change.now, world))
    mobile = _proven(was.recovery)
    _demand_free(account, mobile, world)
    files = rules.files_of(request.model_dump(), ("stamped_application", "id_portrait", "id_emblem"))
    form = request.model_dump(mode="json", include={"login_name", "reason", "name", "document_number", "unit_name"})
    return apply_with(change, was, Application("added_mobile", account, request.name, mobile, form, files))


def _appealed(request: SubmitUnitAppeal, world: World) -> Account | None:
    """Return the unit by its code; where another code has its name, by the name, if its own code is nobody's."""
    unit = find_unit(request.uscc, world)
    if request.reason is not AppealReason.NAME_BOUND:
        return unit if unit and rules.may_be_called(unit, request.unit_name, request.reason) else None
    named = find_unit_named(request.unit_name, world) if unit is None else None
    return named if named and rules.may_be_coded(named, request.unit_name, request.uscc) else None


def _demand_free(account: Account, mobile: str, world: World) -> None:
    """Refuse at once what could not be carried out later: among persons a mobile is one person's (D-17)."""
    if account.kind is AccountKind.PERSON and accounts.person_by_mobile(world, mobile) is not None:
        raise MobileRegistered


def _proven(recovery: Recovery) -> str:
    if recovery.mobile is None:
        raise RecoveryMobileDiffers(way="given")
    return recovery.mobile
