"""What downstream systems send and see: credentials, authority checks, entry tickets (DEL-12)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from expertgate.delegation.requests.fields import Code
from expertgate.inbound.fields import Answer, Id, Instant, Line, Request


class Scope(StrEnum):
    """What a service client may be allowed to do."""

    CHECK = "authority:check"
    REDEEM = "tickets:redeem"


class NewServiceClient(Request):
    """A downstream system that is to have credentials."""

    name: Line
    services: Annotated[list[Code], Field(min_length=1, max_length=20)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=2)]


class ClientSwitch(Request):
    """Whether the client's credentials are to be good."""

    enabled: StrictBool


class ServiceClient(Answer):
    """A service client without its secrets."""

    client_id: str
    name: str
    services: list[str]
    scopes: list[str]
    enabled: bool
    made_at: Instant
    secrets: list[Instant]


class ServiceClients(Answer):
    """All service clients."""

    items: list[ServiceClient]


class ClientSecret(Answer):
    """A secret, shown this once; an older one is good until `old_until`."""

    client_id: str
    client_secret: str
    old_until: Instant | None


class TokenRequest(Request):
    """What OAuth asks in a form (RFC 6749, 4.4.2); the client may also name itself by HTTP Basic."""

    grant_type: str
    client_id: str | None = None
    client_secret: str | None = None
    scope: str | None = None


class IssuedToken(Answer):
    """RFC 6749, 5.1."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 -- the name of the scheme
    expires_in: int
    scope: str


class AskAuthority(Request):
    """May this person act for this unit in this service, in this role where one is named."""

    agent_id: Id
    unit_id: Id
    service: Code
    role: Code | None = None


class AskAuthorities(Request):
    """Up to a hundred questions at once."""

    questions: Annotated[list[AskAuthority], Field(min_length=1, max_length=100)]


class Authority(Answer):
    """Yes or no right now, why, by which grant, until when, and how long the answer may be kept."""

    allowed: bool
    reason: str
    reason_text: str
    grant_id: str | None
    roles: list[str]
    valid_until: Instant | None
    checked_at: Instant
    keep_seconds: int


class Authorities(Answer):
    """Answers in the order asked."""

    answers: list[Authority]


class RedeemTicket(Request):
    """An entry ticket to be used up."""

    ticket: Annotated[str, StringConstraints(min_length=20, max_length=4000)]


class RedeemedTicket(Answer):
    """Who entered for whom, as the ticket said, and whether the grant still stands."""

    unit_id: str
    agent_id: str | None
    service: str
    grant_id: str | None
    authority: Authority


class PublicKeys(Answer):
    """A JSON Web Key Set (RFC 7517)."""

    keys: list[dict[str, str]]
