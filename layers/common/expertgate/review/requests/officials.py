"""What officials and their administrator send and get."""

from functools import partial
from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.catalogue.store import bureau
from expertgate.forms.documents import DocumentType
from expertgate.forms.mobile import parse_mobile
from expertgate.forms.names import parse_person_name
from expertgate.forms.text import parse_second_factor
from expertgate.forms.user_names import parse_user_name
from expertgate.inbound.fields import Answer, Instant, Line, Pages, Paragraph, Request, Secret, known, ruled
from expertgate.review.model import PLATFORM, Duty, OfficialStatus
from expertgate.review.rules.totp import DIGITS
from expertgate.settings import LIMITS

_OFFICIALS = Pages("officials")
OfficialsCursor = Annotated[str, _OFFICIALS.asked]
AnyBureau = Annotated[str, known(lambda code: code == PLATFORM or bureau(code))]
UserName = Annotated[Line, ruled(parse_user_name)]
BureauName = Annotated[str, StringConstraints(pattern=r"^([0-9]{6}|platform)$")]
Duties = Annotated[frozenset[Duty], Field(min_length=1)]
SecondFactor = Annotated[
    Line,
    ruled(partial(parse_second_factor, digits=DIGITS, recovery=LIMITS.recovery_code_digits)),
    Field(json_schema_extra={"pattern": f"^([0-9]{{{DIGITS}}}|[0-9]{{{LIMITS.recovery_code_digits}}})$"}),
]


class CreateOfficial(Request):
    """A new official, named by the national administrator."""

    user_name: UserName
    name: Annotated[Line, ruled(parse_person_name)]
    mobile: Annotated[Line, ruled(parse_mobile)]
    document_type: DocumentType
    document_number: Line
    bureau: BureauName
    duties: Duties


class Invited(Answer):
    """The new official's account and the code with which he sets it up, shown once, to be handed over in person."""

    id: str
    user_name: str
    bureau: str
    duties: list[Duty]
    status: OfficialStatus
    enrolment_code: str
    enrolment_ends: Instant


class EnrolOfficial(Request):
    """The code handed over by the administrator and the password chosen."""

    user_name: UserName
    enrolment_code: Secret
    password: Secret
    password_confirmation: Secret


class Enrolled(Answer):
    """The second factor's secret for an authenticator app, and codes for the day it is lost; shown once."""

    user_name: str
    totp_secret: str
    totp_uri: str
    recovery_codes: list[str]


class MoveOfficial(Request):
    """Where an official works from now on and what he may do there."""

    bureau: BureauName
    duties: Duties


class AssignCase(Request):
    """Who is to decide the case."""

    official_id: Line


class OfficialAnswer(Answer):
    """An official as supervisors and the administrator see him."""

    id: str
    user_name: str
    name: str
    bureau: str
    bureau_name: str
    duties: frozenset[Duty]
    duty_names: list[str]
    status: OfficialStatus
    status_name: str


class OfficialsAnswer(Answer):
    """A page of the officials of a bureau."""

    items: list[OfficialAnswer]
    next_cursor: Annotated[str | None, _OFFICIALS.told]


class OpenHandover(Request):
    """Who hands over to whom, why, the red-headed document that says so, and both sides of the heir's identity card (REV-05)."""

    from_official_id: Line
    to_official_id: Line
    reason: Paragraph
    attachments: Annotated[tuple[Line, ...], Field(min_length=1, max_length=5)]
    id_portrait: Line | None = None
    id_emblem: Line | None = None


class LogInOfficial(Request):
    """User name, password, and a code of the app or one of the recovery codes."""

    user_name: UserName
    password: Secret
    code: SecondFactor


class OfficialSession(Answer):
    """A token and whom it speaks for."""

    token: str
    official_id: str
    bureau: str
    duties: list[Duty]
    ends: Instant
    recovery_codes_left: int
