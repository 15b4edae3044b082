"""The register: the sandbox's samples do what they say, and HTTP answers are mapped, signed and never mistaken for a failed check."""

import json
from datetime import date
from importlib.resources import files

import pytest

from expertgate.forms.documents import DocumentType, parse_document
from expertgate.forms.uscc import parse_uscc
from expertgate.outbound.authority import (
    SLOW_SECONDS,
    Comparison,
    HttpAuthority,
    NamedPerson,
    NamedUnit,
    Outcome,
    Reason,
    SandboxAuthority,
)
from tests.builders.numbers import Numbers
from tests.outbound.provider import SECRET, open_provider

SAMPLES = json.loads((files("expertgate.outbound") / "data" / "sandbox.json").read_text("utf-8"))


def person(number: str, name: str, **more: date) -> NamedPerson:
    return NamedPerson("resident_id", number, name, **more)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def sandbox(pauses: list[float]) -> SandboxAuthority:
    return SandboxAuthority(pause=pauses.append)


def test_sample_numbers_all_have_right_check_digits() -> None:
    for one in SAMPLES["people"]:
        assert parse_document(DocumentType(one["document_type"]), one["number"], date(2026, 3, 2)).number == one["number"]
    for one in SAMPLES["units"]:
        assert not parse_uscc(one["uscc"]).warnings


@pytest.mark.parametrize(
    ("number", "name", "outcome", "reason"),
    [
        ("130403198003101007", "李晓波", "passed", "matches"),
        ("130403198003101007", "李小波", "failed", "name_differs"),
        ("130403198103111018", "王建国", "failed", "number_unknown"),
        ("130403198503151051", "刘德明", "unavailable", "no_answer"),
    ],
)
def test_sample_people_answer_as_documented(sandbox: SandboxAuthority, number: str, name: str, outcome: str, reason: str) -> None:
    assert sandbox.compare_person(person(number, name)) == Comparison(Outcome(outcome), Reason(reason))


def test_another_validity_than_registered_fails(sandbox: SandboxAuthority) -> None:
    def compared(last: date) -> Reason:
        return sandbox.compare_person(person("13040319830313103X", "赵海涛", valid_from=date(2015, 5, 20), valid_to=last)).reason

    assert compared(date(2035, 5, 20)) is Reason.MATCHES
    assert compared(date(2036, 5, 20)) is Reason.VALIDITY_DIFFERS
    assert sandbox.compare_person(person("13040319830313103X", "赵海涛")).has_passed


def test_the_slow_sample_takes_its_time(sandbox: SandboxAuthority, pauses: list[float]) -> None:
    assert sandbox.compare_person(person("130403198403141040", "陈思远")).has_passed
    assert pauses == [SLOW_SECONDS]


def test_an_unlisted_valid_number_passes(sandbox: SandboxAuthority) -> None:
    assert sandbox.compare_person(person(Numbers(7).resident_id(), "无名氏")).has_passed


@pytest.mark.parametrize(
    ("uscc", "name", "representative", "reason"),
    [
        ("91130400B08C7833XN", "邯郸市丛台智能装备有限公司", "李晓波", "matches"),
        ("9113040030H0C7091J", "邯郸市旧名称科技有限公司", "张文静", "name_differs"),
        ("91130400FB160D029X", "邯郸市换帅实业有限公司", "钱前任", "representative_differs"),
        ("9113040069FCD92893", "邯郸市未登记贸易有限公司", "王建国", "number_unknown"),
        ("9113040076AA3H02XW", "邯郸市断线通信有限公司", "刘德明", "no_answer"),
    ],
)
def test_sample_units_answer_as_documented(sandbox: SandboxAuthority, uscc: str, name: str, representative: str, reason: str) -> None:
    unit = NamedUnit(name, uscc, "enterprise", person(Numbers(8).resident_id(), representative))
    assert sandbox.compare_unit(unit).reason == reason


def test_an_unlisted_unit_stands_or_falls_with_its_representative(sandbox: SandboxAuthority) -> None:
    unknown = NamedUnit("邯郸市无名有限公司", Numbers(9).uscc(), "enterprise", person("130403198103111018", "王建国"))
    assert sandbox.compare_unit(unknown).reason is Reason.NUMBER_UNKNOWN


def test_http_requests_are_signed_and_carry_everything() -> None:
    with open_provider(answer={"outcome": "passed"}) as provider:
        said = person("130403198003101007", "李晓波", valid_from=date(2020, 1, 1))
        assert HttpAuthority(provider.url, SECRET).compare_person(said).has_passed
    assert provider.signed_well == [True]
    path, body = provider.asked[0]
    assert path == "/persons/comparisons"
    assert (body["name"], body["valid_from"], body["valid_to"]) == ("李晓波", "2020-01-01", None)


@pytest.mark.parametrize(
    ("status", "answer", "outcome", "reason"),
    [
        (200, {"outcome": "failed", "reason": "name_differs"}, "failed", "name_differs"),
        (200, {"outcome": "failed", "reason": "something new"}, "failed", "refused"),
        (200, {"outcome": "maybe"}, "unavailable", "no_answer"),
        (200, b"<html>", "unavailable", "no_answer"),
        (503, {}, "unavailable", "no_answer"),
        (403, {}, "unavailable", "no_answer"),
    ],
)
def test_http_answers_are_mapped_with_care(status: int, answer: object, outcome: str, reason: str) -> None:
    with open_provider(status=status, answer=answer) as provider:
        unit = NamedUnit("邯郸市某某有限公司", Numbers(3).uscc(), "enterprise", person(Numbers(4).resident_id(), "李晓波"))
        compared = HttpAuthority(provider.url, SECRET).compare_unit(unit)
    assert compared == Comparison(Outcome(outcome), Reason(reason))


def test_nobody_at_the_address_means_no_answer() -> None:
    assert HttpAuthority("http://127.0.0.1:9", SECRET).compare_person(person("130403198003101007", "李晓波")).reason is Reason.NO_ANSWER
