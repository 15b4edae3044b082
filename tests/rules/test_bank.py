"""Bank numbers (ADM-04) and social security cards (ACC-02)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.bank import parse_cnaps, parse_personal_card, parse_social_card, parse_unit_account
from expertgate.forms.problems import FieldProblem
from tests.builders.numbers import Numbers

N = Numbers("bank")
HEAD_OFFICES = ["102100099996", "103100000026", "104100000004", "105100000017", "301290000007", "308584000013"]


@pytest.mark.parametrize("code", HEAD_OFFICES)
def test_head_offices_pass(code: str) -> None:
    assert parse_cnaps(code) == code


@given(st.integers(0, 11), st.integers(1, 9), st.integers(0, 1000))
def test_one_wrong_digit_of_a_branch_code_is_refused(place: int, step: int, seed: int) -> None:
    code = Numbers(seed).cnaps()
    with pytest.raises(FieldProblem, match="cnaps_checksum"):
        parse_cnaps(code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :])


@pytest.mark.parametrize("typed", ["10210009999", "1021000999960", "10210009999X", ""])
def test_a_branch_code_has_twelve_digits(typed: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse_cnaps(typed)
    assert raised.value.rule == ("cnaps_form" if typed else "required")


@pytest.mark.parametrize("length", [13, 16, 19])
def test_personal_card_of_any_length_passes(length: int) -> None:
    card = N.bank_card(length=length)
    assert parse_personal_card(f"{card[:4]} {card[4:8]} {card[8:]}") == card


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("0" * 16, "bank_card_form"), ("4" * 12, "bank_card_form"), ("6" * 20, "bank_card_form"), ("6217001234567890", "bank_card_checksum")],
)
def test_wrong_personal_card_names_its_rule(typed: str, rule: str) -> None:
    with pytest.raises(FieldProblem, match=rule):
        parse_personal_card(typed)


def test_account_of_a_unit_needs_no_luhn() -> None:
    assert parse_unit_account("0402-1234 5678901") == "0402123456789 01".replace(" ", "")
    with pytest.raises(FieldProblem, match="bank_account_form"):
        parse_unit_account("12345")


def test_social_card_has_number_or_account() -> None:
    assert parse_social_card("a12345678", "110000").card_number == "A12345678"
    card = N.bank_card()
    assert parse_social_card(card, "659900").bank_account == card


@pytest.mark.parametrize(
    ("typed", "province", "rule"),
    [
        ("A1234567", "110000", "social_card_form"),
        ("A12345678", "810000", "card_province"),
        ("6217001234567890", "110000", "bank_card_checksum"),
    ],
)
def test_wrong_social_card_names_its_rule(typed: str, province: str, rule: str) -> None:
    with pytest.raises(FieldProblem, match=rule):
        parse_social_card(typed, province)


@given(st.sampled_from([parse_cnaps, parse_personal_card, parse_unit_account]), st.text(max_size=70))
def test_any_text_is_a_number_or_refused(parse: object, text: str) -> None:
    with suppress(FieldProblem):
        assert parse(text).isascii()  # type: ignore[operator]
