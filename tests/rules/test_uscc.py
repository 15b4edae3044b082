"""Unified social credit codes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.problems import FieldProblem
from expertgate.forms.uscc import ALPHABET, parse_uscc
from tests.builders.numbers import Numbers

N = Numbers("uscc")
# Codes companies publish in their own imprint and annual reports.
PUBLISHED = ["9144030071526726XG", "91440300708461136T", "91330100799655058B", "91110000802100433B"]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_code_is_read_without_warning(code: str) -> None:
    assert parse_uscc(code.lower()).warnings == ()


@pytest.mark.parametrize("head", ["91", "92", "12", "11", "51", "52", "53", "N2", "A1", "Y1", "34"])
def test_every_registering_authority_is_read(head: str) -> None:
    assert parse_uscc(N.uscc(head)).code.startswith(head)


@pytest.mark.parametrize(
    ("head", "legal_person"), [("91", "enterprise"), ("12", "public_institution"), ("N2", "rural_collective"), ("34", "")]
)
def test_first_two_characters_tell_the_legal_person(head: str, legal_person: str) -> None:
    assert parse_uscc(N.uscc(head)).legal_person == legal_person


GOOD = Numbers("one").uscc()


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("", "required"),
        ("0" * 18, "uscc_form"),
        (GOOD[:17], "uscc_length"),
        (GOOD[:10] + "O" + GOOD[11:], "uscc_letters"),
        ("B1" + GOOD[2:], "uscc_form"),
        (GOOD[:10] + "华" + GOOD[11:], "uscc_form"),
        (N.uscc("90"), "uscc_kind"),
        (N.uscc("98"), "uscc_kind"),
        (N.uscc(region="999999"), "uscc_region"),
        (GOOD[:17] + ALPHABET[(ALPHABET.index(GOOD[17]) + 1) % 31], "uscc_checksum"),
    ],
)
def test_wrong_code_names_its_rule(code: str, rule: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse_uscc(code)
    assert raised.value.rule == rule


def test_central_region_and_full_width_are_read() -> None:
    code = N.uscc(region="100000")
    assert parse_uscc(code.translate({ord(one): ord(one) + 0xFEE0 for one in ALPHABET})).code == code


def test_odd_kind_of_rare_authority_only_warns() -> None:
    assert parse_uscc(N.uscc("27")).warnings == ("uscc_kind_unknown",)


@given(st.integers(8, 17), st.integers(1, 30), st.integers(0, 10_000))
def test_one_wrong_character_is_always_refused(place: int, step: int, seed: int) -> None:
    code = Numbers(seed).uscc()
    wrong = code[:place] + ALPHABET[(ALPHABET.index(code[place]) + step) % 31] + code[place + 1 :]
    with pytest.raises(FieldProblem, match="uscc_checksum"):
        parse_uscc(wrong)


@given(st.one_of(st.text(max_size=70), st.from_regex(r"\A[0-9ANY][0-9]{7}[0-9A-Z]{10}\Z")))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert len(parse_uscc(text).code) == 18
