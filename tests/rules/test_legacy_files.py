"""Files of old accounts: letters, forms, quotes, and what each record becomes or breaks (ACC-15)."""

import codecs
import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.account.legacy.columns import COLUMNS, columns_of
from expertgate.account.legacy.reading import read
from expertgate.account.legacy.records import Place, Record, begin, records
from expertgate.account.legacy.survey import survey
from expertgate.account.model import AccountKind, Channel, LegalPersonType
from expertgate.errors.account import LegacyFileRefused
from expertgate.errors.base import InvalidInput
from tests.builders.legacy import InMemory, Values, a_moved_person, a_moved_unit, as_csv, as_json_lines

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def _all(data: bytes) -> list[Record]:
    source = InMemory(data)
    facts = survey(source)
    place = begin(source.open(facts.begins), facts)
    return list(records(source.open(place.at), place, facts))


def _broken(**changed: str) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        read({name: value for name, value in a_moved_person(1, **changed).items() if value != "-"}, "A1", NOW)
    return {field: rule for field, rule, _ in caught.value.problems}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_coding(coding: str) -> None:
    wanted = [a_moved_person(1, name="阿依古丽·买买提"), a_moved_person(2, name="王𠮷")]
    found = _all(as_csv(*wanted, coding=coding))
    assert [one.values for one in found] == wanted
    assert [one.line for one in found] == [2, 3]


def test_chinese_columns_are_understood() -> None:
    (found,) = _all("来源平台,原账号标识,账号类型,姓名\n科技部政务服务平台,7,自然人,李晓波\n".encode("gb18030"))
    assert found.values == {"source": "科技部政务服务平台", "legacy_id": "7", "kind": "自然人", "name": "李晓波"}
    assert columns_of(COLUMNS.values()) == tuple(COLUMNS)


def test_json_lines_are_read_with_null() -> None:
    found = _all(codecs.BOM_UTF8 + as_json_lines(a_moved_person(1) | {"email": None}, a_moved_unit(2)))
    assert [one.values["kind"] for one in found] == ["person", "unit"]
    assert found[0].values["email"] == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        ("source,kind".encode("utf-16"), "encoding_unknown"),
        (b"source,legacy_id,kind,mobil\n", "column_unknown"),
        (b"source,legacy_id,kind,kind\n", "column_repeated"),
        (b"source,kind\n", "column_missing"),
        (b'source,legacy_id,"kind\n', "quotes_unbalanced"),
    ],
)
def test_a_file_is_refused_as_a_whole(data: bytes, reason: str) -> None:
    with pytest.raises(LegacyFileRefused) as caught:
        _all(data)
    assert caught.value.facts == {"reason": reason}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"government_services,1\n", "column_count"),
        (b'government_services,1,"person\n', "quotes_unbalanced"),
        (b"government_services,\xff\xff,person\n", "encoding"),
        (b"x" * 20_000 + b"\n", "record_too_long"),
    ],
)
def test_a_broken_line_spoils_no_other(line: bytes, rule: str) -> None:
    good = "government_services,李,person\n".encode()
    found = _all(b"source,legacy_id,kind\n" + good + line + good + b"\r\n" + good)
    assert [(one.line, one.broken) for one in found] == [(2, None), (3, rule), (4, None), (6, None)]


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"kind": 1}', b"[" * 9000])
def test_a_broken_object_spoils_no_other(line: bytes) -> None:
    found = _all(as_json_lines({"kind": "person"}) + line + b"\n" + as_json_lines({"kind": "unit"}))
    assert [one.broken for one in found] == [None, "json_form", None]


def test_a_quote_may_span_lines() -> None:
    found = _all(b'source,legacy_id,kind\na,"1\n2",person\na,3,unit\n')
    assert [(one.line, one.values["legacy_id"]) for one in found] == [(2, "1\n2"), (4, "3")]


def test_a_person_becomes_an_account() -> None:
    moved = read(a_moved_person(5), "A1", NOW)
    account = moved.account
    assert (moved.key, account.legacy_id) == ("government_services:P5", "government_services:P5")
    assert (account.kind, account.channel, account.name, account.mobile) == (AccountKind.PERSON, Channel.LEGACY, "李晓波", "+8613900000005")
    assert account.document is not None
    assert not account.is_bound


def test_a_unit_becomes_an_account() -> None:
    account = read(a_moved_unit(5, legal_person_type=""), "A1", NOW).account
    assert account.unit is not None
    assert (account.unit.legal_person_type, account.known_as) == (LegalPersonType.ENTERPRISE, "邯郸测试第5有限公司")
    assert account.mobile == "+8613800000005"


@pytest.mark.parametrize(("typed", "read_as"), [("农村集体经济组织", "rural_collective"), ("其他", "other"), ("foundation", "foundation")])
def test_a_type_of_the_catalogue_is_read(typed: str, read_as: str) -> None:
    unit = read(a_moved_unit(5, legal_person_type=typed), "A1", NOW).account.unit
    assert unit is not None
    assert unit.legal_person_type == read_as


@pytest.mark.parametrize(
    "missing", [{"mobile"}, {"document_type", "document_number"}, {"mobile", "document_type", "document_number", "name"}]
)
def test_mobile_and_document_may_be_missing(missing: set[str]) -> None:
    account = read({name: value for name, value in a_moved_person(5).items() if name not in missing}, "A1", NOW).account
    assert (account.mobile is None, account.document is None) == ("mobile" in missing, "document_number" in missing)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"source": "elsewhere"}, {"source": "not_in_list"}),
        ({"legacy_id": ""}, {"legacy_id": "required"}),
        ({"kind": "robot"}, {"kind": "not_in_list"}),
        ({"mobile": "12345"}, {"mobile": "mobile_form"}),
        ({"document_number": "110105196001010012"}, {"document_number": "resident_id_checksum"}),
        ({"document_type": ""}, {"document_type": "required"}),
        ({"document_type": "其他", "document_number": "AB12345"}, {"continent": "continent_required"}),
        ({"name": "A"}, {"name": "person_name_short"}),
        ({"user_name": "李"}, {"user_name": "user_name_form"}),
        ({"email": "nowhere"}, {"email": "email_form"}),
        ({"password_scheme": "md5"}, {"password_scheme": "password_digest_form"}),
        ({"password_scheme": "rot13", "password_digest": "00"}, {"password_scheme": "not_in_list"}),
        ({"password_scheme": "md5", "password_digest": "00"}, {"password_digest": "password_digest_form"}),
        ({"user_name": "", "mobile": "", "document_type": "", "document_number": ""}, {"-": "no_login_name"}),
        ({"nickname": "x"}, {"-": "column_unknown"}),
        ({"mobile": "1", "email": "x"}, {"mobile": "mobile_form", "email": "email_form"}),
        ({"kind": "unit", "unit_name": "", "uscc": "1"}, {"unit_name": "required", "uscc": "uscc_length"}),
    ],
)
def test_what_breaks_a_rule_is_told_together(changed: Values, broken: dict[str, str]) -> None:
    assert _broken(**changed) == broken


def test_chinese_kinds_are_understood() -> None:
    values = a_moved_person(1, source="外国专家项目管理信息系统", kind="自然人", document_type="护照", document_number="E12345678")
    moved = read(values, "A1", NOW)
    assert (moved.key, moved.account.document and moved.account.document.type.value) == ("project_system:P1", "passport")


_CELL = st.text(st.characters(codec="gb18030", exclude_characters="\x00\r"), max_size=20)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=8), st.sampled_from(["utf-8", "gb18030"]), st.integers(0, 7))
def test_any_place_leads_to_the_same_rest(rows: list[tuple[str, str, str]], coding: str, stop: int) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("source", "legacy_id", "kind"), *rows])
    source = InMemory(file.getvalue().encode(coding))
    facts = survey(source)
    place = begin(source.open(facts.begins), facts)
    whole = list(records(source.open(place.at), place, facts))
    after: Place = whole[min(stop, len(whole) - 1)].after if whole else place
    rest = list(records(source.open(after.at), after, facts))
    assert rest == [one for one in whole if one.after.at > after.at]
    if facts.coding == coding:
        read_back = [tuple(one.values.values()) for one in whole if not one.broken]
        assert read_back == [tuple(cell.strip() for cell in row) for row in rows][: len(read_back)]
        assert not any(one.broken for one in whole)
