"""Requests and answers of "my information" (我的信息)."""

from typing import Annotated, Self

from pydantic import model_validator

from expertgate.account.model import (
    AccountKind,
    EmailState,
    LegalPersonType,
    Missing,
    RealName,
    RealPerson,
    RepresentativeType,
    Status,
    UserLevel,
)
from expertgate.account.requests.fields import (
    CreditCode,
    DocumentFields,
    EmailAddress,
    NameOfUnit,
    Password,
    PersonName,
    SocialCardFields,
    Validity,
)
from expertgate.account.requests.registration import MainAgentFields, RepresentativeFields, Warned
from expertgate.forms.contact import parse_landline
from expertgate.forms.documents import DocumentType
from expertgate.forms.text import clean
from expertgate.inbound.fields import Answer, Line, Request, Stamp, one_of, refused, ruled
from expertgate.outbound.register import Reason

LONGEST_ADDRESS = 200


def _address(raw: str) -> str:
    return clean(raw, LONGEST_ADDRESS)


Landline = Annotated[Line, ruled(parse_landline)]
Address = Annotated[Line, ruled(_address)]


class CompleteInformation(DocumentFields):
    """用户信息完善: every starred field of a person (ACC-19)."""

    name: PersonName
    validity: Validity
    social_card: SocialCardFields | None = None


class PersonChange(DocumentFields):
    """Name and document of a person; fixed once real-named, but for the validity of the same document."""

    name: PersonName
    validity: Validity | None = None
    social_card: SocialCardFields | None = None


class UnitChange(Request):
    """单位信息; what is left out stays."""

    unit_name: NameOfUnit | None = None
    uscc: CreditCode | None = None
    legal_person_type: LegalPersonType | None = None
    landline: Landline | None = None
    address: Address | None = None


class ChangeInformation(Request):
    """What is to change; what is left out stays. `version` is that of the page the change was made on."""

    version: int
    person: PersonChange | None = None
    unit: UnitChange | None = None
    legal_representative: RepresentativeFields | None = None
    main_agent: MainAgentFields | None = None
    email: EmailAddress | None = None
    landline: Landline | None = None


class InformationKept(Answer):
    """The state after the change, and what looked odd."""

    real_name: RealName
    real_name_reason: Reason | None
    version: int
    missing: list[Missing]
    warnings: list[Warned]


class WithPassword(Request):
    """The present password, as a proof."""

    current_password: Password


class Closed(Answer):
    """That the account is no more."""

    closed: bool = True


class AgreementAnswer(Answer):
    """An agreement, the version in force, and where its text lies, if the operator said where."""

    agreement: str
    title: str
    version: str
    url: str | None


class AgreementsAnswer(Answer):
    """What is consented to at registration, and later by who has not consented to a new version yet."""

    items: list[AgreementAnswer]


class ExportedDeed(Answer):
    """Something done to the account."""

    tag: str
    at: Stamp
    by_me: bool


class ConsentAnswer(Answer):
    """A consent given."""

    agreement: str
    version: str
    at: Stamp


class GiveConsents(Request):
    """The versions in force that are consented to; one may be given and the other left."""

    user_agreement: Line | None = None
    privacy_policy: Line | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if self.user_agreement is None and self.privacy_policy is None:
            raise refused("agreement_required")
        return self


class ConsentsAnswer(Answer):
    """All consents of the account, the oldest first, and the agreements that are still asked of it."""

    consents: list[ConsentAnswer]
    agreements_asked: list[AgreementAnswer]


class ExportedCase(Answer):
    """A case of the holder with what he last handed in himself; its door shows earlier rounds, remarks and files."""

    id: str
    kind: str
    kind_name: str
    state: Annotated[str, one_of("expertgate.review.model.CaseState")]
    state_name: str
    opened: Stamp
    concluded: bool
    form: dict[str, object] | None


class ExportAnswer(Answer):
    """What is kept of the account, unmasked, for its holder; lists in `left_off` have more entries than fit in here.

    Grants are as their list shows them. Not in it: files and remarks of cases, the project system and sessions, each shown by a door of
    its own; of a face check only the deed is kept.
    """

    made_at: Stamp
    account: dict[str, object]
    consents: list[ConsentAnswer]
    messages: list[dict[str, object]]
    deeds: list[ExportedDeed]
    cases: list[ExportedCase]
    grants: list[dict[str, object]]
    left_off: list[str]


class DocumentAnswer(Answer):
    """A document, its number masked."""

    document_type: DocumentType
    document_number: str
    valid_from: str | None
    valid_to: str | None
    is_long_term: bool
    is_fixed: bool


class RepresentativeAnswer(Answer):
    """The legal representative as shown."""

    name: str
    type: RepresentativeType | None
    document: DocumentAnswer


class MainAgentAnswer(Answer):
    """The main agent as shown."""

    name: str
    document: DocumentAnswer
    mobile: str


class UnitAnswer(Answer):
    """A unit's facts as shown."""

    unit_name: str
    uscc: str
    legal_person_type: LegalPersonType
    legal_representative: RepresentativeAnswer | None
    main_agent: MainAgentAnswer | None
    landline: str | None
    address: str | None


class ScoreItem(Answer):
    """One part of the security score: what for, how much of how much, what would raise it."""

    item: str
    points: int
    of: int
    title: str


class AccountAnswer(Answer):
    """The account page (ACC-21): names and numbers masked."""

    account_id: str
    kind: AccountKind
    status: Status
    name: str | None
    user_name: str | None
    mobile: str | None
    email: str | None
    email_state: EmailState
    landline: str | None
    level: UserLevel
    level_title: str
    real_name: RealName
    real_person: RealPerson
    document: DocumentAnswer | None
    unit: UnitAnswer | None
    last_login: Stamp | None
    registered_at: Stamp
    password_expires_at: Stamp | None
    security_score: int
    security_items: list[ScoreItem]
    missing: list[Missing]
    agreements_asked: list[AgreementAnswer]
    version: int
