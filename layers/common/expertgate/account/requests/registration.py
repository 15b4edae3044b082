"""Requests and answers of registration."""

from typing import Literal

from expertgate.account.model import FirstStep, LegalPersonType, RealName, RepresentativeType
from expertgate.account.requests.codes import Captcha
from expertgate.account.requests.fields import (
    CodeOrProof,
    Consents,
    CreditCode,
    DocumentFields,
    MobileNumber,
    NameOfUnit,
    NewUserName,
    Password,
    PersonName,
    SocialCardFields,
    Validity,
)
from expertgate.inbound.fields import Answer, Line, Request
from expertgate.outbound.register import Reason


class NewPassword(Request):
    """A password and its confirmation."""

    password: Password
    password_confirmation: Password


class RegisterPerson(DocumentFields, NewPassword):
    """The web form of a person (ACC-02)."""

    name: PersonName
    social_card: SocialCardFields | None = None
    validity: Validity | None = None
    mobile: MobileNumber
    sms_code: CodeOrProof
    consents: Consents


class RegisterPersonByApp(NewPassword):
    """The form of the app and the mini-program (ACC-03)."""

    channel: Literal["app", "mini_program"]
    mobile: MobileNumber
    sms_code: CodeOrProof
    consents: Consents


class RepresentativeFields(DocumentFields):
    """法定代表人: the type must be chosen, the validity is part of the form."""

    type: RepresentativeType | None = None
    name: PersonName
    validity: Validity


class MainAgentFields(DocumentFields):
    """主代办人; without a mobile of his own the one that took the code is his."""

    name: PersonName
    mobile: MobileNumber | None = None


class RegisterUnit(NewPassword):
    """The form of a unit (ACC-05)."""

    legal_person_type: LegalPersonType
    unit_name: NameOfUnit
    uscc: CreditCode
    legal_representative: RepresentativeFields
    main_agent: MainAgentFields
    user_name: NewUserName
    mobile: MobileNumber
    sms_code: CodeOrProof
    consents: Consents


class CheckUserName(Request):
    """Ask whether a user name is taken."""

    user_name: NewUserName
    captcha: Captcha | None = None


class UserNameChecked(Answer):
    """Whether there is such a user name, also in its legacy form."""

    user_name: str
    is_taken: bool
    also_asked: Line


class Warned(Answer):
    """Something that looks odd but is not refused."""

    field: str
    rule: str
    message: str


class Registered(Answer):
    """The new account: what the register said of it, and what to do next."""

    account_id: str
    real_name: RealName
    real_name_reason: Reason | None
    next: FirstStep
    warnings: list[Warned]
