"""Codes that were sent or shown to somebody, as he copies or types them."""

from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import is_digits, narrow


def parse_sent_code(raw: str, digits: int) -> str:
    """Return a code of so many digits, typed in either width."""
    code = narrow(raw)
    if not is_digits(code) or len(code) != digits:
        raise FieldProblem("sent_code_form", digits=digits)
    return code


def parse_second_factor(raw: str, digits: int, recovery: int) -> str:
    """Return what an authenticator shows, or a recovery code."""
    code = narrow(raw)
    if not is_digits(code) or len(code) not in {digits, recovery}:
        raise FieldProblem("second_factor_form", digits=digits, recovery=recovery)
    return code
