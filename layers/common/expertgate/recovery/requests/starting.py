"""How a recovery begins."""

from typing import Annotated

from pydantic import StringConstraints

from expertgate.account.requests.codes import Captcha
from expertgate.account.requests.fields import CreditCode, MobileNumber, NameOfUnit, PersonName
from expertgate.inbound.fields import Line, Request
from expertgate.recovery.model import Kind
from expertgate.settings import LIMITS

OneTimeCode = Annotated[str, StringConstraints(pattern=rf"^\d{{{LIMITS.one_time_code_digits}}}$")]


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
