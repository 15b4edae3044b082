"""The password policy (D-01, ACC-08)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.passwords import PUNCTUATION, Occasion, check_composition, check_password, is_common
from expertgate.forms.problems import FieldProblem
from infra.catalogue import common_passwords

R = Occasion.REGISTRATION
OWN = ("李晓波", "13912345678", "130403198506151234", "19850615", "handan_steel", "JOHN SMITH")


def refused(password: str, occasion: Occasion = R, confirmation: str | None = None) -> FieldProblem:
    with pytest.raises(FieldProblem) as raised:
        check_password(password, password if confirmation is None else confirmation, occasion, OWN)
    return raised.value


@pytest.mark.parametrize("password", ["Kx7vQm2Ld", "Gf8#wTz4@pLq", "Bridge42Quartz!Moon", "vT9-xR2_mK5"])
def test_strong_password_is_taken(password: str) -> None:
    check_password(password, password, R, OWN)


@pytest.mark.parametrize(
    ("occasion", "length", "taken"),
    [(R, 8, False), (R, 9, True), (R, 20, True), (R, 21, False)]
    + [(one, length, 8 <= length <= 20) for one in (Occasion.RESET, Occasion.CHANGE) for length in (7, 8, 20, 21)],
)
def test_length_depends_on_the_occasion(occasion: Occasion, length: int, taken: bool) -> None:
    password = "Kx7vQm2LdTb9WzR4nHs6J"[:length]
    if taken:
        check_composition(password, occasion)
    else:
        assert refused(password, occasion).rule == "password_length"


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("kx7vqm2ld", "password_upper"),
        ("KX7VQM2LD", "password_lower"),
        ("KxvQmLdTb", "password_digit"),
        ("Kx7vQ m2Ld", "password_character"),
        ("Kx7vQ密m2Ld", "password_character"),
        ("Kx7vQ\ud800m2Ld", "password_character"),
        ("Ｋx7vQm2Ld", "password_character"),
        ("Elephant1", "password_weak"),
    ],
)
def test_broken_rule_is_named(password: str, rule: str) -> None:
    assert refused(password).rule == rule


@pytest.mark.parametrize("sign", PUNCTUATION)
def test_punctuation_is_refused_by_name(sign: str) -> None:
    problem = refused(f"Kx7vQm{sign}2Ld")
    assert (problem.rule, problem.facts["sign"], problem.facts["name"]) == ("password_punctuation", sign, PUNCTUATION[sign][0])


@pytest.mark.parametrize("sign", "@#*!$%^&+-_=~/?")
def test_symbols_are_welcome(sign: str) -> None:
    check_password(f"Kx7vQm{sign}2Ld", f"Kx7vQm{sign}2Ld", R, OWN)


def test_both_entries_must_be_the_same() -> None:
    problem = refused("Kx7vQm2Ld", confirmation="Kx7vQm2LD")
    assert (problem.rule, problem.field) == ("password_differs", "password_confirmation")


@pytest.mark.parametrize("password", ["Qx#345678vT", "Handan#7xQw", "SmithQx7#vT2", "Tv19850615xQ", "Qw#403198Xz"])
def test_own_data_is_refused_inside(password: str) -> None:
    assert refused(password).rule == "password_own"


@pytest.mark.parametrize(
    "password",
    [
        "Zhongguo@123",
        "Huawei@123",
        "Zhangwei1990",
        "Lizhiqiang88",
        "Waiguozhuanjia2026",
        "Woaini1314520",
        "P@ssw0rd2024",
        "Aa123456789",
        "Aa@123456",
        "1qaz2wsx#EDC",
        "Qq#5201314",
        "2008Beijing",
        "Admin@2026",
    ],
)
def test_common_password_is_refused(password: str) -> None:
    assert is_common(password)


def test_uncommon_password_is_not_on_the_list() -> None:
    assert not is_common("Kx7vQm2Ld")


def test_shipped_list_is_what_its_generator_writes() -> None:
    assert common_passwords.TARGET.read_text("utf-8") == common_passwords.text()


@given(st.text(max_size=24), st.sampled_from(Occasion))
def test_any_text_is_taken_or_refused(text: str, occasion: Occasion) -> None:
    with suppress(FieldProblem):
        check_password(text, text, occasion, OWN)


@given(st.from_regex(r"\A[A-Z][a-z0-9@#*!]{8,18}[0-9]\Z"), st.text(max_size=30))
def test_any_composed_password_is_taken_or_refused(password: str, own: str) -> None:
    with suppress(FieldProblem):
        check_password(password, password, R, (own,))
