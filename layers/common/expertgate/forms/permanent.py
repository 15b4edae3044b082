"""The fifteen-character number of permanent residence cards issued before December 2023, valid until they run out."""

import re
from datetime import date

from expertgate.forms.problems import FieldProblem
from expertgate.forms.resident import EARLIEST_BIRTH

OLD_CARD_LENGTH = 15
_FORM = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def parse_old_card(number: str, today: date) -> tuple[date, tuple[str, ...]]:
    """Read the birth date; a wrong check digit only warns, since no official text of its rule is public."""
    if _FORM.fullmatch(number) is None:
        raise FieldProblem("permanent_resident_form")
    birth = _birth(number[7:13], today)
    wrong = check_digit(number[:14]) != number[14]
    return birth, ("permanent_resident_check_digit",) if wrong else ()


def check_digit(first14: str) -> str:
    """Compute the last digit (ICAO 9303: weights 7, 3, 1)."""
    return str(sum(_VALUES.index(one) * (7, 3, 1)[place % 3] for place, one in enumerate(first14)) % 10)


def _birth(digits: str, today: date) -> date:
    for century in (2000, 1900):
        try:
            birth = date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        except ValueError:
            continue
        if EARLIEST_BIRTH <= birth <= today:
            return birth
    raise FieldProblem("birth_date")
