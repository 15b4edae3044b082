"""User names (ACC-06) and their legacy form (ACC-14)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.problems import FieldProblem
from expertgate.forms.user_names import answering_keys, parse_user_name, user_name_key


@pytest.mark.parametrize("typed", ["Ylz123456789", "A", "WGZJXM_A", "handan_steel", "1", "a" * 50])
def test_digits_letters_and_underscore_are_a_name(typed: str) -> None:
    assert parse_user_name(f" {typed} ") == typed


@pytest.mark.parametrize("typed", ["邯钢", "han-dan", "han dan", "han.dan", "_", "__", "hand@n", "Ñandu"])
def test_other_characters_are_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="user_name_form"):
        parse_user_name(typed)


def test_upper_and_lower_case_are_one_name() -> None:
    assert user_name_key("HanDan_1") == user_name_key("hANdAN_1")


@pytest.mark.parametrize(
    ("name", "keys"),
    [("A", ("a", "wgzjxm_a")), ("WGZJXM_A", ("wgzjxm_a", "a")), ("wgzjxm_", ("wgzjxm_", "wgzjxm_wgzjxm_"))],
)
def test_legacy_form_answers_both_ways(name: str, keys: tuple[str, str]) -> None:
    assert answering_keys(name) == keys


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert user_name_key(parse_user_name(text)).isascii()
