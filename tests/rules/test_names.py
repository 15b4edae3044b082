"""Names of people and units, and how they are masked."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms import masks
from expertgate.forms.names import parse_person_name, parse_unit_name, person_key
from expertgate.forms.problems import FieldProblem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("李晓波", "李晓波"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "JOHN SMITH"),
        ("  John \u00a0 Smith ", "John Smith"),
        ("\u2f9dx", "身x"),
        ("𠮷田", "𠮷田"),
        ("李〇", "李〇"),
        ("﨑本", "﨑本"),
        ("O’Neil-Müller, Jr.", "O’Neil-Müller, Jr."),
    ],
)
def test_person_name_is_kept_as_on_the_document(typed: str, kept: str) -> None:
    assert parse_person_name(typed) == kept


@pytest.mark.parametrize("dot", "•・．‧⋅･·")
def test_every_dot_is_the_middle_dot(dot: str) -> None:
    assert parse_person_name(f"买买提{dot}艾山") == "买买提·艾山"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("", "required"),
        ("李", "person_name_short"),
        ("··", "person_name_short"),
        ("李①", "person_name_character"),
        ("李㈱波", "person_name_character"),
        ("李3", "person_name_character"),
        ("李<b>", "person_name_character"),
        ("李😀", "person_name_character"),
        ("李\u200b波", "unseen_character"),
        ("李\ue863", "unseen_character"),
        ("李\u0378波", "unseen_character"),  # no character of any Unicode yet
        ("李★波", "person_name_character"),
        ("李\ud800", "unseen_character"),
        ("李\n波", "unseen_character"),
        ("李" * 101, "too_long"),
    ],
)
def test_wrong_person_name_names_its_rule(typed: str, rule: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse_person_name(typed)
    assert raised.value.rule == rule


def test_spelling_of_one_person_has_one_key() -> None:
    assert person_key("李 波") == person_key("李波")
    assert person_key("John SMITH") == person_key("JOHN Smith")
    assert person_key("John Smith") != person_key("JohnSmith")


def test_brackets_of_either_width_are_one_unit() -> None:
    wide = parse_unit_name("东方博远（北京）科技有限公司")
    narrow = parse_unit_name("东方博远(北京)科技 有限公司")
    assert wide.key == narrow.key
    assert wide.display == "东方博远（北京）科技有限公司"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("㈱东方", "unit_name_character"), ("12", "unit_name_short"), ("东\u202e方", "unseen_character"), ("东" * 201, "too_long")],
)
def test_wrong_unit_name_names_its_rule(typed: str, rule: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse_unit_name(typed)
    assert raised.value.rule == rule


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李晓波", "李*波"),
        ("李波", "李*"),
        ("欧阳修文", "欧**文"),
        ("JOHN SMITH", "J*** S****"),
        ("𠮷田", "𠮷*"),
        ("李", "*"),
        ("J Li", "* L*"),
    ],
)
def test_name_is_masked_as_in_the_manual(name: str, masked: str) -> None:
    assert masks.mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("152324198001012323", "152***********2323"), ("E12345678", "E******78"), ("CAN110081080310", "CAN********0310"), ("12", "**")],
)
def test_document_number_is_masked_as_in_the_manual(number: str, masked: str) -> None:
    assert masks.mask_number(number) == masked


def test_mobile_and_the_rest_are_masked() -> None:
    assert masks.mask_mobile("+8617812345683") == "178****5683"
    assert masks.mask_bank_account("6217001234567890123") == "***************0123"
    assert masks.mask_email("wang@example.cn") == "w***@example.cn"
    assert masks.mask_account("handan_steel") == "h*********el"


@given(st.text(max_size=120))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        name = parse_person_name(text)
        assert parse_person_name(name) == name
        assert len(masks.mask_name(name)) == len(name)


@given(st.text(max_size=220))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert parse_unit_name(text).key
