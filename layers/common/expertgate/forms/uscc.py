"""Unified social credit codes (GB 32100-2015 with its first amendment)."""

import re
from typing import NewType

from expertgate.forms.divisions import MAINLAND
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import number
from expertgate.records import Record

UsccCode = NewType("UsccCode", str)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
_CENTRAL = "10"
_FORM = re.compile(rf"[1-9ANY]\d\d{{6}}[{ALPHABET}]{{10}}", re.ASCII)
_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# Registering authority -> kinds it registers. The table is from memory of the standard, so only the three
# authorities that are beyond doubt refuse an unknown kind; the others warn.
_KINDS = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
_SURE = frozenset("159")
LEGAL_PERSONS = {
    "11": "government_organ",
    "12": "public_institution",
    "51": "social_organisation",
    "52": "private_non_enterprise",
    "53": "foundation",
    "91": "enterprise",
    "92": "individual_business",
    "93": "farmers_cooperative",
    "N1": "rural_collective",
    "N2": "rural_collective",
    "N3": "rural_collective",
}


class Uscc(Record):
    """A credit code, what its first two characters register, and what looks odd about it."""

    code: UsccCode
    region: str
    legal_person: str
    warnings: tuple[str, ...] = ()


def parse_uscc(raw: str) -> Uscc:
    """Read a unified social credit code (ACC-05)."""
    code = number(raw)
    _check_form(code)
    if code[2:4] not in MAINLAND | {_CENTRAL}:
        raise FieldProblem("uscc_region")
    if check_character(code[:17]) != code[17]:
        raise FieldProblem("uscc_checksum")
    return Uscc(UsccCode(code), code[2:8], LEGAL_PERSONS.get(code[:2], ""), tuple(_warnings(code)))


def check_character(first17: str) -> str:
    """Compute the last character of a credit code."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first8: str) -> str:
    """Compute the check character of the organisation code inside (GB 11714)."""
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(values.index(one) * weight for one, weight in zip(first8, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _check_form(code: str) -> None:
    if len(code) != _LENGTH:
        raise FieldProblem("uscc_length", length=len(code))
    if any(letter in code for letter in "IOSVZ"):
        raise FieldProblem("uscc_letters")
    if _FORM.fullmatch(code) is None:
        raise FieldProblem("uscc_form")
    if code[1] == "0" or (code[0] in _SURE and code[1] not in _KINDS[code[0]]):
        raise FieldProblem("uscc_kind")


def _warnings(code: str) -> list[str]:
    found = []
    if code[1] not in _KINDS[code[0]]:
        found.append("uscc_kind_unknown")
    if organisation_check(code[8:16]) != code[16]:
        found.append("uscc_organisation_code")
    return found
