"""What holds for recoveries: the order of steps, who may go which way, what a reset does to the account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from expertgate.account.model import Account, AccountKind, RealName, RealPerson, Status
from expertgate.errors.base import InvalidInput
from expertgate.errors.recovery import (
    RecoveredAccountHasMobile,
    RecoveredAccountUnknown,
    RecoveredAccountWithoutMobile,
    RecoveryByAppOnly,
    RecoveryByFaceOnly,
    RecoveryEmailDiffers,
    RecoveryMobileDiffers,
    RecoveryOver,
    RecoveryStepWrong,
)
from expertgate.forms.names import parse_unit_name, person_key
from expertgate.forms.problems import FieldProblem
from expertgate.recovery.model import AppealReason, Kind, Recovery, Step
from expertgate.settings import LIMITS

type _Problem = tuple[str, str, dict[str, object]]

_NEEDED = {
    Kind.PERSON_PASSWORD: ("name", "document_number"),
    Kind.PERSON_PASSWORD_BY_FACE: ("name", "document_number"),
    Kind.PERSON_PASSWORD_BY_MOBILE: ("mobile",),
    Kind.PERSON_PASSWORD_BY_LOGIN_NAME: ("login_name",),
    Kind.PERSON_PASSWORD_BY_EMAIL: ("login_name",),
    Kind.PERSON_LOGIN_NAME: ("name", "document_number"),
    Kind.PERSON_APPEAL: ("mobile",),
    Kind.UNIT_PASSWORD: ("user_name", "unit_name", "uscc"),
    Kind.UNIT_USER_NAME: ("unit_name", "uscc"),
    Kind.UNIT_APPEAL: ("mobile",),
    Kind.ADDED_MOBILE: ("mobile",),
    Kind.ONE_TIME_CODE: ("login_name", "one_time_code"),
}
_STEPS_OF_CASES = {"returned": Step.SUBMIT_EVIDENCE, "approved": Step.DONE, "rejected": Step.DONE, "withdrawn": Step.DONE}
_REASONS = {
    AccountKind.PERSON: {AppealReason.LOST, AppealReason.DOCUMENT_BOUND},
    AccountKind.UNIT: {AppealReason.LOST, AppealReason.RENAMED, AppealReason.NAME_BOUND},
}
# A log-in name alone proves nothing: whoever types one learns nothing before a code reached him where its holder is reached (D-03).
BY_NAME_ALONE = frozenset({Kind.PERSON_PASSWORD_BY_LOGIN_NAME, Kind.PERSON_PASSWORD_BY_EMAIL})
# The web's way to a password alone demands a confirmed name (REC-02); user names come from the old platforms, whose people have none yet.
_OPEN_TO_ANYBODY = frozenset({Kind.PERSON_PASSWORD_BY_FACE, Kind.PERSON_PASSWORD_BY_MOBILE, Kind.PERSON_LOGIN_NAME}) | BY_NAME_ALONE


def demand_fields(kind: Kind, given: Mapping[str, object]) -> None:
    """Demand exactly the fields by which this kind finds an account.

    Raises InvalidInput.
    """
    needed = _NEEDED[kind]
    missing: list[_Problem] = [(name, "missing", {}) for name in needed if given.get(name) is None]
    beyond: list[_Problem] = [(name, "unknown_field", {}) for name, value in given.items() if value is not None and name not in needed]
    if missing or beyond:
        raise InvalidInput([*missing, *beyond])


def begun(recovery_id: str, kind: Kind, account_id: str | None, mobile: str | None, now: datetime) -> Recovery:
    """Return a new recovery; what its start has verified is behind it."""
    behind = kind.steps[0] is Step.VERIFY_ACCOUNT
    return Recovery(recovery_id, kind, kind.steps[1 if behind else 0], now + timedelta(seconds=LIMITS.flow_life), account_id, mobile)


def demand_step(recovery: Recovery, wanted: Step, now: datetime) -> None:
    """Demand that this step comes next.

    Raises RecoveryOver, RecoveryStepWrong.
    """
    if is_over(recovery, now):
        raise RecoveryOver
    if recovery.step is not wanted:
        raise RecoveryStepWrong(step=recovery.step.value, asked=wanted.value)


def is_over(recovery: Recovery, now: datetime) -> bool:
    """Tell whether nothing can be done in it any more."""
    return recovery.step is Step.DONE or now >= recovery.ends


def moved_on(recovery: Recovery) -> Recovery:
    """Return the recovery at the step after the present one."""
    steps = recovery.kind.steps
    return replace(recovery, step=steps[steps.index(recovery.step) + 1])


def submitted(recovery: Recovery, case_id: str, mobile: str, now: datetime) -> Recovery:
    """Return the recovery while its case is reviewed: its ticket lives as long as a review may take."""
    ends = now + timedelta(seconds=LIMITS.case_ticket_life)
    return replace(recovery, step=Step.AWAIT_REVIEW, case_id=case_id, mobile=mobile, ends=ends)


def as_its_case_stands(recovery: Recovery, case_state: str) -> Recovery:
    """Return the recovery at the step its case has come to: a return leads back to the evidence, an end is the end (REC-01)."""
    return replace(recovery, step=_STEPS_OF_CASES.get(case_state, recovery.step))


def demand_recoverable(kind: Kind, account: Account) -> None:
    """Demand that this way is open to the account that was found.

    Raises RecoveryByAppOnly, RecoveredAccountWithoutMobile.
    """
    needs_identity = kind.account_kind is AccountKind.PERSON and kind not in _OPEN_TO_ANYBODY
    is_known = account.real_name is RealName.PASSED or account.real_person is not RealPerson.NOT_PASSED
    if needs_identity and not is_known:
        raise RecoveryByAppOnly
    if Step.VERIFY_MOBILE in kind.steps and account.mobile is None:
        raise RecoveredAccountWithoutMobile


def is_findable(account: Account | None, kind: AccountKind) -> bool:
    """Tell whether there is such an account to be recovered; a closed one is gone."""
    return account is not None and account.kind is kind and account.status is not Status.CLOSED


def has_name(account: Account, name: str) -> bool:
    """Tell whether this is the person's name, as far as spelling matters."""
    return person_key(account.name or "") == person_key(name)


def may_be_named(account: Account, name: str, reason: AppealReason) -> bool:
    """Tell whether a person may appeal under this name: another than an unconfirmed account has only where the document is bound to it."""
    if account.name is None or has_name(account, name):
        return True
    return reason is AppealReason.DOCUMENT_BOUND and not account.is_bound


def is_called(account: Account, unit_name: str, uscc: str) -> bool:
    """Tell whether name and credit code are this unit's; both must fit (REC-07)."""
    unit = account.unit
    return unit is not None and unit.uscc == uscc and unit.name_key == parse_unit_name(unit_name).key


def may_be_called(account: Account, unit_name: str, reason: AppealReason) -> bool:
    """Tell whether a unit may appeal under this name: its own, or when it was renamed another one."""
    is_own = account.unit is not None and account.unit.name_key == parse_unit_name(unit_name).key
    return is_own is (reason is not AppealReason.RENAMED)


def may_be_coded(account: Account, unit_name: str, uscc: str) -> bool:
    """Tell whether a unit may appeal for the account that has its name under another code: only while nobody confirmed that code."""
    unit = account.unit
    return unit is not None and unit.name_key == parse_unit_name(unit_name).key and unit.uscc != uscc and not account.is_bound


def demand_kind(recovery: Recovery, kind: Kind) -> None:
    """Demand that a recovery is of the kind this step belongs to.

    Raises RecoveryStepWrong.
    """
    if recovery.kind is not kind:
        raise RecoveryStepWrong(step=recovery.step.value, asked=kind.value)


def demand_reason(kind: AccountKind, reason: AppealReason, change_statement: str | None = None) -> None:
    """Demand a reason that such an account can have, and for a renamed unit its change statement.

    Raises FieldProblem.
    """
    if reason not in _REASONS[kind]:
        raise FieldProblem("appeal_reason").at("reason")
    if reason is AppealReason.RENAMED and change_statement is None:
        raise FieldProblem("change_statement_required").at("change_statement")


def demand_without_mobile(account: Account | None) -> Account:
    """Return the account that has no mobile yet (REC-11).

    Raises RecoveredAccountUnknown, RecoveredAccountHasMobile.
    """
    if account is None or account.status is Status.CLOSED:
        raise RecoveredAccountUnknown(way=Kind.ADDED_MOBILE.value)
    if account.mobile is not None:
        raise RecoveredAccountHasMobile
    return account


def files_of(form: Mapping[str, object], purposes: tuple[str, ...]) -> dict[str, str]:
    """Return the attached files by purpose, those left out left out."""
    return {one: str(form[one]) for one in purposes if form[one] is not None}


def demand_reserved(account: Account | None, mobile: str, kind: AccountKind) -> Account:
    """Return the account whose reserved mobile this is; asked only after the mobile has been proven.

    Raises RecoveryMobileDiffers.
    """
    if account is None or account.mobile != mobile:
        raise RecoveryMobileDiffers(way=kind.value)
    return account


def demand_proven_email(account: Account | None, email: str) -> Account:
    """Return the account whose proven e-mail address this is; asked only after the address took the code.

    Raises RecoveryEmailDiffers, whether there is no account, no address, another one, or one that was never proven.
    """
    if account is None or account.proven_email != email:
        raise RecoveryEmailDiffers
    return account


def demand_unbound(account: Account | None) -> Account:
    """Return the account found by its proven mobile, if no document is bound to it (REC-04).

    Raises RecoveredAccountUnknown, RecoveryByFaceOnly.
    """
    if account is None:
        raise RecoveredAccountUnknown(way=Kind.PERSON_PASSWORD_BY_MOBILE.value)
    if account.document is not None:
        raise RecoveryByFaceOnly
    return account


def demand_proven_still(recovery: Recovery, account: Account) -> None:
    """Demand that a mobile that took this recovery's code is the account's still.

    Raises RecoveryOver.
    """
    if recovery.mobile is not None and recovery.mobile != account.mobile:
        raise RecoveryOver


def demand_newer(recovery: Recovery, *settled: datetime) -> None:
    """Demand that this recovery did not begin before the password was last set, or last taken from somebody.

    Whoever proved himself before may be the one against whom that was done. Raises RecoveryOver.
    """
    began = recovery.ends - timedelta(seconds=LIMITS.flow_life)
    if any(one > began for one in settled):
        raise RecoveryOver


def real_person_after(kind: Kind, before: RealPerson) -> RealPerson:
    """Return the real-person state after a reset: the face that was just shown counts, any other way asks for it anew (D-16)."""
    if before is RealPerson.NOT_PASSED:
        return before
    return RealPerson.PASSED if kind is Kind.PERSON_PASSWORD_BY_FACE else RealPerson.TO_BE_RENEWED


def hint_of(recovery: Recovery, account: Account | None) -> str | None:
    """Return what must be said as early as the caller may know it: that the face will have to be shown again."""
    kind = recovery.kind
    is_verified = account is not None and account.real_person is RealPerson.PASSED
    resets_without_face = Step.SET_PASSWORD in kind.steps and kind is not Kind.PERSON_PASSWORD_BY_FACE
    tells = kind not in BY_NAME_ALONE or recovery.step in {Step.SET_PASSWORD, Step.DONE}
    return "recovery_renews_face" if is_verified and resets_without_face and tells else None
