"""Eighteen-digit numbers of people (GB 11643): citizens, residence permits, new permanent residence cards."""

from datetime import date
from enum import StrEnum

from expertgate.forms.divisions import MAINLAND, TAIWAN
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import is_digits
from expertgate.records import Record

LENGTH = 18
_OLD_LENGTH = 15
EARLIEST_BIRTH = date(1900, 1, 1)
_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_PROVINCES = MAINLAND | TAIWAN
_RESIDENCE = frozenset({"810000", "820000", "830000"})


class Holder(StrEnum):
    """Who a number belongs to, as its first digits say."""

    CITIZEN = "citizen"
    RESIDENCE_PERMIT = "residence_permit"
    PERMANENT_RESIDENT = "permanent_resident"


class PersonNumber(Record):
    """What an eighteen-digit number tells."""

    number: str
    holder: Holder
    birth: date
    male: bool
    region: str
    nationality: str = ""


def parse_person_number(number: str, today: date) -> PersonNumber:
    """Read an eighteen-digit number; `today` is the date in Shanghai."""
    if len(number) == _OLD_LENGTH and is_digits(number):
        raise FieldProblem("resident_id_old")
    if len(number) != LENGTH:
        raise FieldProblem("resident_id_length", length=len(number))
    if not is_digits(number[:17]) or number[17] not in "0123456789X":
        raise FieldProblem("resident_id_form")
    holder = _holder(number)
    birth = read_date(number[6:14], today)
    if number[14:17] == "000":
        raise FieldProblem("resident_id_sequence")
    if check_character(number[:17]) != number[17]:
        raise FieldProblem("resident_id_checksum")
    permanent = holder is Holder.PERMANENT_RESIDENT
    region = number[1:3] if permanent else number[:2]
    return PersonNumber(number, holder, birth, int(number[16]) % 2 == 1, region, number[3:6] if permanent else "")


def check_character(first17: str) -> str:
    """Compute the last character (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def read_date(digits: str, today: date) -> date:
    """Read YYYYMMDD as a birth date between 1900 and today."""
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as exc:
        raise FieldProblem("birth_date") from exc
    if not EARLIEST_BIRTH <= birth <= today:
        raise FieldProblem("birth_date")
    return birth


def _holder(number: str) -> Holder:
    if number[0] == "9":
        if number[1:3] not in _PROVINCES or number[3:6] == "000":
            raise FieldProblem("resident_id_region")
        return Holder.PERMANENT_RESIDENT
    if number[:6] in _RESIDENCE:
        return Holder.RESIDENCE_PERMIT
    # Only the province: the rest is the county of the place and time of issue, long renamed for many holders.
    if number[:2] not in _PROVINCES:
        raise FieldProblem("resident_id_region")
    return Holder.CITIZEN
