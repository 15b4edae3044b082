"""What an account is: a natural person (个人用户) or a legal person (法人用户), and how far it is known who it is."""

from datetime import date, datetime
from enum import StrEnum

from expertgate.forms.documents import Continent, Document, DocumentType
from expertgate.records import Record


class AccountKind(StrEnum):
    """The two kinds of account (ACC-01)."""

    PERSON = "person"
    UNIT = "unit"


class RealName(StrEnum):
    """实名认证: what the authority's register says of name and number (ID-01)."""

    UNCHECKED = "unchecked"
    PASSED = "passed"
    FAILED = "failed"
    IN_REVIEW = "in_review"


class Part(StrEnum):
    """What of an account is compared with the register (ID-07)."""

    PERSON = "person"
    UNIT = "unit"
    MAIN_AGENT = "main_agent"


class Checked(Record):
    """How the last automatic comparison ended: a reason per part, and when."""

    parts: dict[Part, str]
    at: datetime


class RealPerson(StrEnum):
    """实人认证: whether the holder showed his face (ID-04), and whether he must again (D-16)."""

    NOT_PASSED = "not_passed"
    PASSED = "passed"
    TO_BE_RENEWED = "to_be_renewed"


class Status(StrEnum):
    """Whether the account may be used at all."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class SuspensionReason(StrEnum):
    """Why an operator stops an account; its holder is told this and no more."""

    IDENTITY_MISUSED = "identity_misused"
    FALSE_DOCUMENTS = "false_documents"
    ACCOUNT_AT_RISK = "account_at_risk"
    ASKED_BY_AUTHORITY = "asked_by_authority"
    OTHER = "other"


class Channel(StrEnum):
    """Where an account came from: the three channels of the manual, or the old platforms."""

    WEB = "web"
    APP = "app"
    MINI_PROGRAM = "mini_program"
    LEGACY = "legacy"


class LegalPersonType(StrEnum):
    """法人类型 of a unit (ACC-05)."""

    ENTERPRISE = "enterprise"
    PUBLIC_INSTITUTION = "public_institution"
    GOVERNMENT_ORGAN = "government_organ"
    SOCIAL_ORGANISATION = "social_organisation"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise"
    FOUNDATION = "foundation"
    INDIVIDUAL_BUSINESS = "individual_business"
    FARMERS_COOPERATIVE = "farmers_cooperative"
    RURAL_COLLECTIVE = "rural_collective"
    OTHER = "other"


class RepresentativeType(StrEnum):
    """法定代表人类型: in which capacity somebody represents the unit (ID-07)."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    PERSON_IN_CHARGE = "person_in_charge"
    MANAGING_PARTNER = "managing_partner"
    OPERATOR = "operator"
    INVESTOR = "investor"


class SocialCardData(Record):
    """What besides the number is on a social security card (ACC-02)."""

    card_number: str
    bank_account: str
    province: str


class HeldDocument(Record):
    """A document of a person: its number as parsed, the key under which it is unique, and how long it is valid."""

    type: DocumentType
    number: str
    unique_key: str
    valid_from: date | None = None
    valid_to: date | None = None
    continent: Continent | None = None
    social_card: SocialCardData | None = None

    @classmethod
    def of(cls, document: Document) -> "HeldDocument":
        """Return what is kept of a parsed document."""
        return cls(document.type, document.number, document.unique_key, continent=document.continent)

    @property
    def has_validity(self) -> bool:
        """Tell whether its validity is known; without an end it is long-term."""
        return self.valid_from is not None


class LegalRepresentative(Record):
    """法定代表人 of a unit."""

    name: str
    document: HeldDocument
    type: RepresentativeType | None


class MainAgent(Record):
    """主代办人: who registered for the unit and receives its codes."""

    name: str
    document: HeldDocument
    mobile: str


class UnitFacts(Record):
    """What makes a unit one; `name_key` is what two units may not share. A legacy unit may lack its two people until it completes them."""

    unit_name: str
    name_key: str
    uscc: str
    legal_person_type: LegalPersonType
    legal_representative: LegalRepresentative | None = None
    main_agent: MainAgent | None = None
    landline: str | None = None
    address: str | None = None


class UserLevel(StrEnum):
    """用户级别: how far it is known who the holder is (ACC-21)."""

    REGISTERED = "registered"
    REAL_NAMED = "real_named"
    REAL_PERSON = "real_person"


class EmailState(StrEnum):
    """Whether there is an e-mail address, and whether it may open a recovery (REC-05)."""

    NONE = "none"
    UNPROVEN = "unproven"
    PROVEN = "proven"


class FirstStep(StrEnum):
    """What comes after registration."""

    LOG_IN = "log_in"
    COMPLETE_INFORMATION = "complete_information"
    UPLOAD_EVIDENCE = "upload_evidence"
    CHECK_REAL_NAME_LATER = "check_real_name_later"


class Missing(StrEnum):
    """What an account still has to do: a consent is only asked for, the rest opens what is closed without it."""

    CONSENT_TO_AGREEMENTS = "consent_to_agreements"
    COMPLETE_INFORMATION = "complete_information"
    CHECK_REAL_NAME = "check_real_name"
    CHECK_REAL_PERSON = "check_real_person"


class Consent(Record):
    """That a version of an agreement was accepted, and when."""

    agreement: str
    version: str
    at: datetime


class Suspension(Record):
    """That an operator stopped an account, why, and how that ended; instants are stamps, `by` is an official's id."""

    reason: SuspensionReason
    statement: str
    since: str
    by: str
    ended: str | None = None
    ended_by: str | None = None
    ended_statement: str | None = None


class Account(Record):
    """An account. `mobile` is the reserved mobile (预留手机号); a person also logs in with it.

    An e-mail address is only text until it was proven by a code, here or on the old platform; only then it may open the account (REC-05).
    """

    id: str
    kind: AccountKind
    status: Status
    channel: Channel
    created: datetime
    name: str | None = None
    user_name: str | None = None
    document: HeldDocument | None = None
    mobile: str | None = None
    email: str | None = None
    email_proven: bool = False
    landline: str | None = None
    real_name: RealName = RealName.UNCHECKED
    real_person: RealPerson = RealPerson.NOT_PASSED
    unit: UnitFacts | None = None
    consents: tuple[Consent, ...] = ()
    legacy_id: str | None = None

    @property
    def is_bound(self) -> bool:
        """Tell whether name and number are settled: such a number can be neither changed nor cancelled (ACC-18)."""
        return self.real_name is RealName.PASSED or self.real_person is not RealPerson.NOT_PASSED

    @property
    def level(self) -> UserLevel:
        """Return 注册用户, 实名用户 or 实人用户."""
        if self.real_person is RealPerson.PASSED:
            return UserLevel.REAL_PERSON
        return UserLevel.REAL_NAMED if self.real_name is RealName.PASSED else UserLevel.REGISTERED

    @property
    def proven_email(self) -> str | None:
        """Return the address at which the holder was reached, or None."""
        return self.email if self.email_proven else None

    @property
    def known_as(self) -> str:
        """Return the name other people know the account by."""
        return self.unit.unit_name if self.unit else self.name or ""
