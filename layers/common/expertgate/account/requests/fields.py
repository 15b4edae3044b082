"""Fields that several requests about accounts have."""

import re
from functools import partial
from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.forms.contact import parse_email
from expertgate.forms.documents import Continent, DocumentType
from expertgate.forms.mobile import parse_mobile
from expertgate.forms.names import parse_person_name, parse_unit_name
from expertgate.forms.text import parse_sent_code
from expertgate.forms.uscc import parse_uscc
from expertgate.forms.user_names import parse_user_name
from expertgate.forms.validity import Term
from expertgate.inbound.fields import Day, Line, Request, ruled
from expertgate.settings import LIMITS

_PROOF = re.compile("[A-Za-z0-9_-]{43}")


def _code_or_proof(raw: str) -> str:
    return raw if _PROOF.fullmatch(raw) else parse_sent_code(raw, LIMITS.code_digits)


def _unit_name(raw: str) -> str:
    return parse_unit_name(raw).display


def _uscc(raw: str) -> str:
    return parse_uscc(raw).code


MobileNumber = Annotated[Line, ruled(parse_mobile)]
EmailAddress = Annotated[Line, ruled(parse_email)]
PersonName = Annotated[Line, ruled(parse_person_name)]
NewUserName = Annotated[Line, ruled(parse_user_name)]
NameOfUnit = Annotated[Line, ruled(_unit_name)]
CreditCode = Annotated[Line, ruled(_uscc)]
SentCode = Annotated[
    Line,
    ruled(partial(parse_sent_code, digits=LIMITS.code_digits)),
    Field(json_schema_extra={"pattern": f"^[0-9]{{{LIMITS.code_digits}}}$"}),
]
CodeOrProof = Annotated[
    Line,
    ruled(_code_or_proof),
    Field(
        description="The digits of the short message, or the `mobile_proof` that verifying them gave",
        json_schema_extra={"pattern": f"^([0-9]{{{LIMITS.code_digits}}}|{_PROOF.pattern})$"},
    ),
]
Password = Annotated[
    str, StringConstraints(min_length=1, max_length=64, strip_whitespace=False), Field(json_schema_extra={"format": "password"})
]


class Consents(Request):
    """The versions of 《用户注册协议》 and 《隐私协议》 that are consented to."""

    user_agreement: Line
    privacy_policy: Line


class SocialCardFields(Request):
    """What a social security card shows besides its number: card number or bank account, and the issuing province."""

    card_or_account: Line
    province: Line


class DocumentFields(Request):
    """A document as typed; the number is read by the rule of its type."""

    document_type: DocumentType
    document_number: Line
    continent: Continent | None = None


class Validity(Request):
    """How long a document is valid: a start, and an end or a term (5, 10, 20 years, long-term)."""

    start: Day
    end: Day | None = None
    term: Term | None = None
