"""How a recovery begins."""

from functools import partial
from typing import Annotated

from pydantic import Field

from expertgate.account.requests.codes import Captcha
from expertgate.account.requests.fields import CreditCode, MobileNumber, NameOfUnit, PersonName
from expertgate.forms.text import parse_sent_code
from expertgate.inbound.fields import Line, Request, ruled
from expertgate.recovery.model import Kind
from expertgate.settings import LIMITS

_DIGITS = LIMITS.one_time_code_digits
OneTimeCode = Annotated[
    Line, ruled(partial(parse_sent_code, digits=_DIGITS)), Field(json_schema_extra={"pattern": f"^[0-9]{{{_DIGITS}}}$"})
]


class StartRecovery(Request):
    """Begin a recovery: the kind says which of the fields are needed; a captcha only when it was demanded."""

    kind: Kind
    name: PersonName | None = None
    document_number: Line | None = None
    mobile: MobileNumber | None = None
    login_name: Line | None = None
    user_name: Line | None = None
    unit_name: NameOfUnit | None = None
    uscc: CreditCode | None = None
    one_time_code: OneTimeCode | None = None
    captcha: Captcha | None = None
