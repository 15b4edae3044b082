"""Requests and answers of "my information" (我的信息)."""

from expertgate.inbound.fields import Answer


class DocumentAnswer(Answer):
    """A document, its number masked."""

    document_type: str
    document_number: str
    valid_from: str | None
    valid_to: str | None
    is_long_term: bool
    is_fixed: bool


class RepresentativeAnswer(Answer):
    """The legal representative as shown."""

    name: str
    type: str | None
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
    legal_person_type: str
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
    kind: str
    status: str
    name: str | None
    user_name: str | None
    mobile: str | None
    email: str | None
    landline: str | None
    level: str
    level_title: str
    real_name: str
    real_person: str
    document: DocumentAnswer | None
    unit: UnitAnswer | None
    last_login: str | None
    registered_at: str
    password_expires_at: str | None
    security_score: int
    security_items: list[ScoreItem]
    missing: list[str]
    version: int
