"""Mainland mobile numbers."""

import re
from typing import NewType

from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import number

Mobile = NewType("Mobile", str)

# Not a list of segments: a list refuses the segment opened next year; the code that arrives is the proof.
_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})", re.ASCII)


def parse_mobile(raw: str) -> Mobile:
    """Read a mainland mobile number as E.164 (ACC-02)."""
    found = _MOBILE.fullmatch(number(raw))
    if found is None:
        raise FieldProblem("mobile_form")
    return Mobile(f"+86{found[1]}")


def national(mobile: str) -> str:
    """Show a mobile the way people write it: without +86."""
    return mobile.removeprefix("+86")
