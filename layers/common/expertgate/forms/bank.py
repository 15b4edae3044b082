"""Bank numbers: 联行号, personal cards, accounts of units, and what is on a social security card."""

import re

from expertgate.forms.divisions import CARD_PROVINCES
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import is_digits, number
from expertgate.records import Record

_CNAPS_LENGTH = 12
_CARD_LENGTHS = range(13, 20)
_ACCOUNT = re.compile(r"[A-Z]{0,4}\d{6,32}", re.ASCII)
_SOCIAL_CARD = re.compile(r"[A-Z]\d{8}", re.ASCII)


class SocialCard(Record):
    """What besides the social security number is on the card: its number or its bank account, and who issued it."""

    card_number: str
    bank_account: str
    province: str


def parse_cnaps(raw: str) -> str:
    """Read a bank branch code (ADM-04): twelve digits, ISO 7064 MOD 11,10."""
    code = number(raw)
    if len(code) != _CNAPS_LENGTH or not is_digits(code):
        raise FieldProblem("cnaps_form")
    if cnaps_check(code[:11]) != code[11]:
        raise FieldProblem("cnaps_checksum")
    return code


def parse_personal_card(raw: str) -> str:
    """Read a personal bank card: 13 to 19 digits that pass Luhn; printed groups may be typed with spaces."""
    card = number(raw).replace(" ", "")
    if len(card) not in _CARD_LENGTHS or not is_digits(card) or len(set(card)) == 1:
        raise FieldProblem("bank_card_form")
    if luhn_check(card[:-1]) != card[-1]:
        raise FieldProblem("bank_card_checksum")
    return card


def parse_unit_account(raw: str) -> str:
    """Read a unit's bank account; these carry no Luhn digit, so only the form is checked."""
    account = number(raw).replace(" ", "").replace("-", "")
    if _ACCOUNT.fullmatch(account) is None:
        raise FieldProblem("bank_account_form")
    return account


def parse_social_card(card_or_account: str, province: str) -> SocialCard:
    """Read the card number (a letter and eight digits) or the bank account on the card, and its issuer (ACC-02)."""
    if province not in CARD_PROVINCES:
        raise FieldProblem("card_province").at("province")
    text = number(card_or_account)
    if _SOCIAL_CARD.fullmatch(text):
        return SocialCard(text, "", province)
    if is_digits(text.replace(" ", "")):
        return SocialCard("", parse_personal_card(text), province)
    raise FieldProblem("social_card_form")


def cnaps_check(first11: str) -> str:
    """Compute the last digit of a bank branch code."""
    carry = 10
    for digit in first11:
        carry = ((carry + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carry) % 10)


def luhn_check(digits: str) -> str:
    """Compute the digit that makes a card number pass Luhn."""
    doubled = (int(one) * (2 - place % 2) for place, one in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
