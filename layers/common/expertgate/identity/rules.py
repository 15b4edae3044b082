"""What holds for identity: when a check is due, what a result may change, what to do next."""

from dataclasses import replace
from datetime import datetime

from expertgate.account.model import Account, AccountKind, RealName, RealPerson
from expertgate.account.real_name import named_person
from expertgate.errors.identity import (
    InformationIncomplete,
    RealNameAlreadyPassed,
    RealNameInReview,
    RealNameNotFailed,
    RealNameRequired,
    RealPersonAlreadyPassed,
    UnitInformationIncomplete,
)
from expertgate.forms.problems import FieldProblem
from expertgate.identity.model import FaceCheck, FaceState, ToDo
from expertgate.outbound.register import NamedPerson

ACCOUNT_PURPOSE = "account"


def demand_checkable(account: Account) -> None:
    """Demand an account whose name can be compared now (ID-01).

    Raises RealNameAlreadyPassed, RealNameInReview, InformationIncomplete, UnitInformationIncomplete, FieldProblem.
    """
    if account.real_name is RealName.PASSED:
        raise RealNameAlreadyPassed
    if account.real_name is RealName.IN_REVIEW:
        raise RealNameInReview
    demand_complete(account)
    if account.unit and account.unit.legal_representative and account.unit.legal_representative.type is None:
        raise FieldProblem("representative_type_required").at("legal_representative.type")


def demand_evidence_due(account: Account, *, is_returned: bool) -> None:
    """Demand that documents are wanted: the automatic check failed, or what was handed in came back (ID-02).

    Raises RealNameAlreadyPassed, RealNameInReview, RealNameNotFailed.
    """
    if account.real_name is RealName.PASSED:
        raise RealNameAlreadyPassed
    if account.real_name is RealName.IN_REVIEW and not is_returned:
        raise RealNameInReview
    if account.real_name is RealName.UNCHECKED:
        raise RealNameNotFailed


def demand_complete(account: Account) -> None:
    """Demand that there is a name and a number to compare.

    Raises InformationIncomplete, UnitInformationIncomplete.
    """
    if account.kind is AccountKind.PERSON and (account.name is None or account.document is None):
        raise InformationIncomplete
    if account.kind is AccountKind.UNIT and not _has_people(account):
        raise UnitInformationIncomplete


def demand_face_due(account: Account) -> None:
    """Demand a person whose face may be checked now (ID-04).

    Raises RealPersonAlreadyPassed, InformationIncomplete, RealNameRequired.
    """
    if account.real_person is RealPerson.PASSED:
        raise RealPersonAlreadyPassed
    demand_complete(account)
    if account.real_name is not RealName.PASSED:
        raise RealNameRequired(real_name=account.real_name.value)


def named(account: Account) -> NamedPerson:
    """Return the person as the account says.

    Raises InformationIncomplete.
    """
    if account.name is None or account.document is None:
        raise InformationIncomplete
    return named_person(account.name, account.document)


def is_live(check: FaceCheck, now: datetime) -> bool:
    """Tell whether a check still waits for its result."""
    return check.state is FaceState.WAITING and now < check.ends


def shown_state(check: FaceCheck, now: datetime) -> FaceState:
    """Return the state as it counts now: time decides, not the sweep."""
    is_over = check.state is FaceState.WAITING and now >= check.ends
    return FaceState.EXPIRED if is_over else check.state


def face_passed(account: Account) -> Account:
    """Return the account after its holder showed his face."""
    return replace(account, real_person=RealPerson.PASSED)


def steps_for(account: Account, *, is_returned: bool) -> list[ToDo]:
    """Return what the holder has to do until everything is open, in order; `is_returned` tells that his documents came back."""
    if account.kind is AccountKind.PERSON and (account.name is None or account.document is None):
        return [ToDo.COMPLETE_INFORMATION, ToDo.CHECK_REAL_NAME, ToDo.START_FACE_CHECK]
    if account.kind is AccountKind.UNIT and not _has_people(account):
        return [ToDo.COMPLETE_UNIT_INFORMATION, ToDo.CHECK_REAL_NAME]
    real_name = {
        RealName.UNCHECKED: [ToDo.CHECK_REAL_NAME],
        RealName.FAILED: [ToDo.CORRECT_INFORMATION, ToDo.SUBMIT_EVIDENCE],
        RealName.IN_REVIEW: [ToDo.CORRECT_EVIDENCE if is_returned else ToDo.AWAIT_REVIEW],
        RealName.PASSED: [],
    }[account.real_name]
    needs_face = account.kind is AccountKind.PERSON and account.real_person is not RealPerson.PASSED
    return [*real_name, *([ToDo.START_FACE_CHECK] if needs_face else [])]


def _has_people(account: Account) -> bool:
    unit = account.unit
    return unit is not None and unit.legal_representative is not None and unit.main_agent is not None
