"""Mainland mobiles (ACC-02)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.mobile import national, parse_mobile
from expertgate.forms.problems import FieldProblem


@pytest.mark.parametrize(
    "typed", ["13800138000", "+8613800138000", "008613800138000", "8613800138000", "１３８００１３８０００", " 13800138000 "]
)
def test_every_written_form_is_one_number(typed: str) -> None:
    assert parse_mobile(typed) == "+8613800138000"


@pytest.mark.parametrize("segment", range(3, 10))
def test_every_segment_is_taken_also_future_ones(segment: int) -> None:
    assert parse_mobile(f"1{segment}400138000").endswith("400138000")


@pytest.mark.parametrize(
    "typed",
    [
        "12800138000",
        "1380013800",
        "138001380000",
        "13800138000 ext 5",
        "13800138000;ext=1",
        "tel:13800138000",
        "138\u200b00138000",
        "\u202a13800138000",
        "١٣٨٠٠١٣٨٠٠٠",
        "+86013800138000",
        "+++8613800138000",
        "+85261234567",
        "+886912345678",
        "13800138000abc",
        "13800138000\n1",
    ],
)
def test_what_libraries_let_through_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="mobile_form"):
        parse_mobile(typed)


@given(st.text(max_size=80))
def test_any_text_is_a_mobile_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert len(national(parse_mobile(text))) == 11
