"""A recovery: numbered steps on the way back to an account (REC-01)."""

from datetime import datetime
from enum import StrEnum

from expertgate.account.model import AccountKind
from expertgate.account.rules import Purpose
from expertgate.records import Record


class AppealReason(StrEnum):
    """Why a person or a unit appeals (REC-10)."""

    LOST = "lost"
    RENAMED = "renamed"
    DOCUMENT_BOUND = "document_bound"
    NAME_BOUND = "name_bound"


class Step(StrEnum):
    """One step; the manual shows four circles: 验证账号, 手机校验, 设置新密码, 完成."""

    VERIFY_ACCOUNT = "verify_account"
    VERIFY_MOBILE = "verify_mobile"
    VERIFY_EMAIL = "verify_email"
    CHECK_FACE = "check_face"
    SUBMIT_EVIDENCE = "submit_evidence"
    AWAIT_REVIEW = "await_review"
    SET_PASSWORD = "set_password"  # noqa: S105 -- a step, not a secret
    DONE = "done"


class Kind(StrEnum):
    """What was lost, and which way leads back."""

    PERSON_PASSWORD = "person_password"  # noqa: S105 -- a kind, as are those below
    PERSON_PASSWORD_BY_FACE = "person_password_by_face"  # noqa: S105
    PERSON_PASSWORD_BY_MOBILE = "person_password_by_mobile"  # noqa: S105
    PERSON_PASSWORD_BY_LOGIN_NAME = "person_password_by_login_name"  # noqa: S105
    PERSON_PASSWORD_BY_EMAIL = "person_password_by_email"  # noqa: S105
    PERSON_LOGIN_NAME = "person_login_name"
    PERSON_APPEAL = "person_appeal"
    UNIT_PASSWORD = "unit_password"  # noqa: S105
    UNIT_USER_NAME = "unit_user_name"
    UNIT_APPEAL = "unit_appeal"
    ADDED_MOBILE = "added_mobile"
    ONE_TIME_CODE = "one_time_code"

    @property
    def account_kind(self) -> AccountKind:
        """Return whose account is looked for."""
        return AccountKind.UNIT if self.value.startswith("unit_") else AccountKind.PERSON

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps in order."""
        return _STEPS[self]

    @property
    def purpose(self) -> Purpose:
        """Return the purpose the code of this recovery must have been sent for."""
        return _PURPOSES.get(self, Purpose.RESET_PASSWORD)


_BY_MOBILE = (Step.VERIFY_ACCOUNT, Step.VERIFY_MOBILE, Step.SET_PASSWORD, Step.DONE)
_BY_EVIDENCE = (Step.VERIFY_MOBILE, Step.SUBMIT_EVIDENCE, Step.AWAIT_REVIEW, Step.DONE)
_BY_RESET_MOBILE = (Step.VERIFY_ACCOUNT, Step.SUBMIT_EVIDENCE, Step.AWAIT_REVIEW, Step.DONE)
_STEPS = {
    Kind.PERSON_PASSWORD: _BY_MOBILE,
    Kind.PERSON_PASSWORD_BY_FACE: (Step.VERIFY_ACCOUNT, Step.CHECK_FACE, Step.SET_PASSWORD, Step.DONE),
    Kind.PERSON_PASSWORD_BY_MOBILE: (Step.VERIFY_MOBILE, Step.SET_PASSWORD, Step.DONE),
    Kind.PERSON_PASSWORD_BY_LOGIN_NAME: _BY_MOBILE,
    Kind.PERSON_PASSWORD_BY_EMAIL: (Step.VERIFY_ACCOUNT, Step.VERIFY_EMAIL, Step.SET_PASSWORD, Step.DONE),
    Kind.PERSON_LOGIN_NAME: (Step.VERIFY_ACCOUNT, Step.VERIFY_MOBILE, Step.DONE),
    Kind.PERSON_APPEAL: _BY_EVIDENCE,
    Kind.UNIT_PASSWORD: _BY_MOBILE,
    Kind.UNIT_USER_NAME: (Step.VERIFY_ACCOUNT, Step.DONE),
    Kind.UNIT_APPEAL: _BY_EVIDENCE,
    Kind.ADDED_MOBILE: _BY_EVIDENCE,
    Kind.ONE_TIME_CODE: (Step.VERIFY_ACCOUNT, Step.SET_PASSWORD, Step.DONE),
}
_PURPOSES = {
    Kind.PERSON_LOGIN_NAME: Purpose.FIND_LOGIN_NAME,
    Kind.PERSON_APPEAL: Purpose.APPEAL,
    Kind.UNIT_APPEAL: Purpose.APPEAL,
    Kind.ADDED_MOBILE: Purpose.ADD_MOBILE,
}


class Recovery(Record):
    """A recovery and the step that comes next. Without an account it goes nowhere, which nobody outside can tell.

    `mobile` is the one the recovery is about from its start, or the one that took a code; it is sealed in the row.
    """

    id: str
    kind: Kind
    step: Step
    ends: datetime
    account_id: str | None = None
    mobile: str | None = None
    face_check_id: str | None = None
    case_id: str | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the way that is gone: a forgotten mobile leads off the usual one, to a case (REC-09)."""
        is_usual = self.case_id is None or Step.AWAIT_REVIEW in self.kind.steps
        return self.kind.steps if is_usual else _BY_RESET_MOBILE

    @property
    def code_purpose(self) -> Purpose | None:
        """Return the purpose the code of the next step must have been sent for, None where it takes none."""
        if self.step in {Step.VERIFY_MOBILE, Step.VERIFY_EMAIL}:
            return self.kind.purpose
        return Purpose.RESET_MOBILE if self.kind is Kind.UNIT_PASSWORD and self.step is Step.SUBMIT_EVIDENCE else None

    @property
    def may_reset_mobile(self) -> bool:
        """Tell whether a forgotten mobile may be reset here instead (REC-09)."""
        return self.kind is Kind.UNIT_PASSWORD and self.step is Step.VERIFY_MOBILE
