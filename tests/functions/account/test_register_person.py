"""Registering a person on the web: every number by its own rule, every conflict by its own code."""

from datetime import date
from typing import Any

import pytest

from expertgate.account.store import AccountRow, account
from expertgate.outbound.audit import AuditRow
from tests.builders.accounts import code_for, log_in, person_form, register_person
from tests.builders.audits import facts_of
from tests.builders.numbers import Numbers
from tests.faults.harness import Faults, injected
from tests.stage import Stage

NUMBERS = Numbers(7)


def test_a_person_registers_and_is_real_named(stage: Stage) -> None:
    answered = register_person(stage, person_form())
    assert answered.status == 201
    assert (answered.json["real_name"], answered.json["next"]) == ("passed", "log_in")
    made = account(stage.world, answered.json["account_id"])
    assert made is not None
    assert (made.name, made.mobile, made.channel) == ("陈晓波", f"+86{person_form()['mobile']}", "web")
    assert [(one.agreement, one.version, one.at) for one in made.consents] == [
        ("user_agreement", "2024-06", stage.clock.now()),
        ("privacy_policy", "2024-06", stage.clock.now()),
    ]
    assert [row.tag for row in AuditRow.query(f"ACCOUNT#{made.id}")] == ["account:person:registered"]


@pytest.mark.parametrize("field", ["document_number", "mobile"])
def test_own_data_in_a_password_is_refused(stage: Stage, field: str) -> None:
    form = person_form()
    typed = f"Qz{form[field][-8:].replace('X', '')}wX"
    assert register_person(stage, form | {"password": typed, "password_confirmation": typed}).broken == {"password": "password_own"}


def test_the_audit_names_channel_and_answer(stage: Stage) -> None:
    made = register_person(stage, person_form()).json["account_id"]
    assert facts_of(f"ACCOUNT#{made}", "account:person:registered") == [{"channel": "web", "real_name": "passed"}]


@pytest.mark.parametrize(
    ("document", "held"),
    [
        ({"document_type": "hk_macao_tai_residence", "document_number": ""}, None),
        ({"document_type": "hk_macao_taiwan_residence", "document_number": NUMBERS.residence_permit()}, True),
        ({"document_type": "foreign_permanent_resident_id", "document_number": NUMBERS.permanent_resident()}, True),
        ({"document_type": "foreign_permanent_resident_id", "document_number": "CAN110081080310"}, True),
        ({"document_type": "hk_macao_permit", "document_number": "H12345678"}, True),
        ({"document_type": "taiwan_permit", "document_number": "12345678"}, True),
        ({"document_type": "passport", "document_number": "ｅ12345678"}, True),
        ({"document_type": "other", "document_number": "AB-2026/17", "continent": "africa"}, True),
    ],
)
def test_each_document_type_is_taken(stage: Stage, document: dict[str, str], held: bool | None) -> None:
    answered = register_person(stage, person_form(validity=None) | document)
    assert answered.status == (201 if held else 422)


def test_a_social_security_card_needs_its_card(stage: Stage) -> None:
    form = person_form(document_type="social_security_card")
    refused = register_person(stage, form)
    assert refused.broken == {"social_card.card_or_account": "social_card_required"}
    stage.clock.advance(seconds=60)
    card = {"card_or_account": "A12345678", "province": "130000"}
    assert register_person(stage, form | {"social_card": card}).status == 201


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"document_number": "130403198506150013"}, {"document_number": "resident_id_checksum"}),
        ({"document_number": NUMBERS.residence_permit()}, {"document_number": "document_type_mismatch"}),
        ({"document_type": "other", "document_number": "X1234"}, {"continent": "continent_required"}),
        ({"name": "陈#波"}, {"name": "person_name_character"}),
        ({"mobile": "12345"}, {"mobile": "mobile_form"}),
        ({"password_confirmation": "other"}, {"password_confirmation": "password_differs"}),
        ({"password": "Ab1", "password_confirmation": "Ab1"}, {"password": "password_length"}),
        ({"password": "Aa1,Qk7mZrtw", "password_confirmation": "Aa1,Qk7mZrtw"}, {"password": "password_punctuation"}),
        ({"validity": {"start": "2027-01-01", "term": "20"}}, {"validity.start": "validity_start"}),
        ({"validity": {"start": "2020-01-01"}}, {"validity.end": "validity_end_required"}),
        ({"validity": {"start": "2015-01-01", "end": "2025-01-01"}}, {"validity.end": "document_expired"}),
        ({"consents": {"user_agreement": "2019-01", "privacy_policy": "2024-06"}}, {"consents.user_agreement": "consent_version"}),
        ({"consents": {"user_agreement": "2024-06"}}, {"consents.privacy_policy": "missing"}),
        ({"unknown": "1"}, {"unknown": "unknown_field"}),
    ],
)
def test_a_broken_field_is_named(stage: Stage, changed: dict[str, Any], broken: dict[str, str]) -> None:
    form = person_form()
    code = code_for(stage, "register_person", form["mobile"])
    answered = stage.call("account.register_person", form | {"sms_code": code} | changed)
    assert answered.status == 422
    assert answered.broken == broken
    assert log_in(stage, form["mobile"]).code == "login_refused"


def test_all_broken_fields_are_told_together(stage: Stage) -> None:
    form = person_form(document_number="130403198506150013", password="Ab1", password_confirmation="Ab1", validity={"start": "2027-01-01"})
    answered = stage.call("account.register_person", form | {"sms_code": "123456"}, language="en")
    assert answered.broken == {
        "document_number": "resident_id_checksum",
        "validity.end": "validity_end_required",
        "password": "password_length",
    }
    assert "check digit" in answered.json["errors"][0]["message"]


def test_a_second_account_of_a_document_is_refused(stage: Stage) -> None:
    first = person_form()
    register_person(stage, first)
    answered = register_person(stage, first | {"mobile": Numbers(99).mobile()})
    assert (answered.status, answered.code) == (409, "document_registered")
    assert "申诉" in answered.json["title"]


def test_the_same_number_counts_once_for_both_cards(stage: Stage) -> None:
    form = person_form()
    register_person(stage, form)
    card = {"card_or_account": "A12345678", "province": "130000"}
    second = form | {"document_type": "social_security_card", "social_card": card, "mobile": Numbers(99).mobile()}
    assert register_person(stage, second).code == "document_registered"


def test_a_second_account_of_a_mobile_is_refused(stage: Stage) -> None:
    form = person_form()
    register_person(stage, form)
    stage.clock.advance(seconds=60)
    answered = register_person(stage, form | {"document_number": Numbers(98).resident_id(date(1990, 1, 1))})
    assert (answered.status, answered.code) == (409, "mobile_registered")


def test_a_wrong_code_registers_nobody(stage: Stage) -> None:
    form = person_form()
    code = code_for(stage, "register_person", form["mobile"])
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answered = stage.call("account.register_person", form | {"sms_code": wrong})
    assert (answered.status, answered.code, answered.broken) == (422, "sms_code_wrong", {"sms_code": "sms_code_wrong"})
    assert log_in(stage, form["mobile"]).code == "login_refused"


def test_a_code_of_another_purpose_is_worth_nothing(stage: Stage) -> None:
    form = person_form()
    code = code_for(stage, "reset_password", form["mobile"])
    assert stage.call("account.register_person", form | {"sms_code": code}).code == "sms_code_wrong"


def test_a_repeated_request_registers_once(stage: Stage) -> None:
    form = person_form()
    body = form | {"sms_code": code_for(stage, "register_person", form["mobile"])}
    first = stage.call("account.register_person", body, key="repeat-0001")
    second = stage.call("account.register_person", body, key="repeat-0001")
    assert (first.status, first.json) == (second.status, second.json)
    assert second.headers["Idempotency-Replayed"] == "true"
    other = stage.call("account.register_person", body | {"name": "李晓敏"}, key="repeat-0001")
    assert (other.status, other.code) == (409, "idempotency_key_reused")


def test_a_repeat_is_not_refused_without_the_store(stage: Stage) -> None:
    form = person_form()
    body = form | {"sms_code": code_for(stage, "register_person", form["mobile"])}
    first = stage.call("account.register_person", body, key="repeat-0001")
    with injected(Faults(fail_at=2)) as faults:
        lost = stage.call("account.register_person", body, key="repeat-0001")
    assert (faults.calls, lost.code) == (["dynamodb.UpdateItem", "dynamodb.UpdateItem", "dynamodb.GetItem"], "try_again")
    assert stage.call("account.register_person", body, key="repeat-0001").json == first.json


@pytest.mark.parametrize(
    ("number", "name", "state", "following"),
    [
        ("130403198103111018", "王建国", "failed", "upload_evidence"),
        ("130403198203121029", "别的名字", "failed", "upload_evidence"),
        ("130403198503151051", "刘德明", "unchecked", "check_real_name_later"),
    ],
)
def test_the_register_decides_the_real_name(stage: Stage, number: str, name: str, state: str, following: str) -> None:
    answered = register_person(stage, person_form(document_number=number, name=name))
    assert (answered.status, answered.json["real_name"], answered.json["next"]) == (201, state, following)
    row = AccountRow.find(f"ACCOUNT#{answered.json['account_id']}")
    assert row is not None
    assert row.real_name == state


def test_what_looks_odd_is_said_and_taken(stage: Stage) -> None:
    answered = register_person(stage, person_form(validity={"start": "2022-03-01", "term": "5"}))
    assert [one["rule"] for one in answered.json["warnings"]] == ["validity_term_unusual"]


def test_one_client_registers_only_so_often(stage: Stage) -> None:
    form = person_form(password="x")
    for _ in range(30):
        stage.call("account.register_person", form | {"sms_code": "123456"})
    answered = stage.call("account.register_person", form | {"sms_code": "123456"})
    assert (answered.status, answered.code) == (429, "too_many_requests")
    assert int(answered.headers["Retry-After"]) > 0


def test_another_documents_name_is_told_in_english(stage: Stage) -> None:
    form = person_form(document_number=NUMBERS.residence_permit())
    answered = stage.call("account.register_person", form | {"sms_code": "123456"}, language="en")
    (told,) = [one["message"] for one in answered.json["errors"] if one["rule"] == "document_type_mismatch"]
    assert told.isascii()
