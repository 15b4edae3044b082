"""Landlines, addresses and texts of the forms (ACC-20, ADM-04)."""

import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms import contact
from expertgate.forms.problems import FieldProblem
from expertgate.wording import section
from tests.builders.numbers import Numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("010-58235529", "010-58235529"),
        ("0310-3123456", "0310-3123456"),
        ("0755-88659000-801", "0755-88659000-801"),
        ("０２１－５８２３５５２９", "021-58235529"),
        (Numbers().landline(), Numbers().landline()),
    ],
)
def test_landline_with_area_code_is_read(typed: str, kept: str) -> None:
    assert contact.parse_landline(typed) == kept


def test_the_example_of_the_refusal_is_accepted() -> None:
    said = section("fields")["landline_form"].values()
    examples = [found for words in said for found in re.findall(r"0[\d-]+\d", words)]
    assert [contact.parse_landline(one) for one in examples] == examples != []


@pytest.mark.parametrize("typed", ["58235529", "01058235529", "010-5823552", "0310-1123456", "13800138000", "010—58235529", "110-58235529"])
def test_landline_without_its_form_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="landline_form"):
        contact.parse_landline(typed)


@pytest.mark.parametrize("typed", ["05600", "0560000", "05600a", "000000"])
def test_wrong_postcode_is_refused(typed: str) -> None:
    assert contact.parse_postcode("０５６０００") == "056000"
    with pytest.raises(FieldProblem, match="postcode_form"):
        contact.parse_postcode(typed)


def test_email_host_is_kept_in_lower_case() -> None:
    assert contact.parse_email("Li.Bo+hr@Example.COM") == "Li.Bo+hr@example.com"


@pytest.mark.parametrize(
    "typed", ["li", "@a.cn", "li@", "li@localhost", "li..bo@a.cn", ".li@a.cn", "李@a.cn", "li@-a.cn", "a b@a.cn", f"{65 * 'l'}@a.cn"]
)
def test_wrong_email_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="email_form"):
        contact.parse_email(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.cn", "http://www.example.cn"),
        ("https://example.cn:8443/a?b=1", "https://example.cn:8443/a?b=1"),
        ("人社.中国", "http://人社.中国"),
    ],
)
def test_web_address_is_read(typed: str, kept: str) -> None:
    assert contact.parse_url(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "example",
        "ftp://example.cn",
        "javascript://a.cn",
        "http://u@a.cn",
        "http://10.0.0.1",
        "http://[::1",
        "http://a.cn:99999",
        "http://a b.cn",
        "http://-a.cn",
        "无",
    ],
)
def test_wrong_web_address_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="url_form"):
        contact.parse_url(typed)


@pytest.mark.parametrize("typed", ["Handan Steel Co., Ltd.", "Café №1 – R&D\nsecond line", "Ｈａｎｄａｎ"])
def test_latin_text_counts_as_english(typed: str) -> None:
    assert contact.parse_english(typed, 200, lines=True).startswith(("H", "C"))


@pytest.mark.parametrize("typed", ["邯郸钢铁", "Handan 钢铁", "Хандан", "123", "A", "Handan。"])
def test_other_scripts_are_not_english(typed: str) -> None:
    with pytest.raises(FieldProblem, match="english_only"):
        contact.parse_english(typed, 200)


def test_line_breaks_only_where_there_are_lines() -> None:
    assert contact.parse_chinese("一\r\n二", 9, lines=True) == "一\n二"
    with pytest.raises(FieldProblem, match="unseen_character"):
        contact.parse_chinese("一\n二", 9)
    with pytest.raises(FieldProblem, match="chinese_required"):
        contact.parse_chinese("one", 9)
    with pytest.raises(FieldProblem, match="too_long"):
        contact.parse_chinese("一" * 10, 9)


@pytest.mark.parametrize(
    ("typed", "amount"), [("0", "0"), ("1,234.5", "1234.5"), ("１２．３４", "12.34"), ("999999999999.999999", "999999999999.999999")]
)
def test_money_is_exact(typed: str, amount: str) -> None:
    assert contact.parse_money(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-1", "1e3", "1.1234567", "12,34", "NaN", "1234567890123", "约100"])
def test_wrong_money_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="money_form"):
        contact.parse_money(typed)


@given(
    st.sampled_from([contact.parse_landline, contact.parse_postcode, contact.parse_email, contact.parse_url, contact.parse_money]),
    st.one_of(st.text(max_size=80), st.from_regex(r"\A(https?://)?[\w.@:\[\]/-]{1,60}\Z"), st.emails()),
)
def test_any_text_is_a_value_or_refused(parse: Callable[[str], object], text: str) -> None:
    with suppress(FieldProblem):
        assert str(parse(text))


@given(st.text(max_size=60))
def test_any_free_text_is_kept_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert contact.parse_english(text, 50, lines=True)
    with suppress(FieldProblem):
        assert contact.parse_chinese(text, 50, lines=True)
