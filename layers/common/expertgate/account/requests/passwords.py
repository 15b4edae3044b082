"""Requests and answers about one's own password and mobile."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from expertgate.account.model import EmailState
from expertgate.account.requests.fields import CodeOrProof, EmailAddress, MobileNumber, Password, SentCode
from expertgate.account.requests.registration import NewPassword
from expertgate.inbound.fields import Answer, Line, Request, Stamp, one_of, refused


class ChangePassword(NewPassword):
    """A new password, proven by the present one (ACC-17)."""

    current_password: Password


class SetPassword(NewPassword):
    """A new password with the ticket that a log-in gave (ACC-13, ACC-16)."""

    ticket: Line


class PasswordChanged(Answer):
    """That the password was changed, and until when it is good; all other sessions are over."""

    changed: bool = True
    password_expires_at: Stamp


class ChangeMobile(Request):
    """A new mobile with its code, and a proof: the present password or a code of the old mobile (ACC-17)."""

    mobile: MobileNumber
    sms_code: CodeOrProof
    current_password: Password | None = None
    old_mobile_code: CodeOrProof | None = Field(default=None, description="Of purpose confirm_mobile, sent to the present mobile")

    @model_validator(mode="after")
    def _has_one_proof(self) -> Self:
        if (self.current_password is None) == (self.old_mobile_code is None):
            raise refused("one_proof")
        return self


class MobileChanged(Answer):
    """The mobile as it is now, masked."""

    mobile: str


class ConfirmEmail(Request):
    """An e-mail address with its code, and a proof: the present password or a code of the reserved mobile (REC-05)."""

    email: EmailAddress
    email_code: SentCode
    current_password: Password | None = None
    mobile_code: CodeOrProof | None = Field(default=None, description="Of purpose confirm_mobile, sent to the reserved mobile")

    @model_validator(mode="after")
    def _has_one_proof(self) -> Self:
        if (self.current_password is None) == (self.mobile_code is None):
            raise refused("one_proof")
        return self


class EmailConfirmed(Answer):
    """The e-mail address as it is now, masked; it may open a recovery from now on."""

    email: str
    email_state: Annotated[str, one_of(EmailState)] = "proven"


class ObjectToMobileChange(Request):
    """The objection code that came to the old mobile."""

    objection_code: Line


class ChangeUndone(Answer):
    """That the change was undone; the password is void and is set anew through a recovery."""

    mobile: str | None
    next: str
