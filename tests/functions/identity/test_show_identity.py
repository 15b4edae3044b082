"""What an account sees of its identity, and what it is told to do next."""

from dataclasses import replace

import pytest

from expertgate.account.model import RealName, RealPerson
from expertgate.caller import CallerKind
from tests.builders.accounts import a_person as registered_person
from tests.builders.accounts import a_unit as registered_unit
from tests.builders.people import NUMBERS, a_person, a_unit, a_verified_person, token_of
from tests.builders.recoveries import decided
from tests.functions.identity.test_submit_real_name_evidence import submitted
from tests.stage import Stage, session_for

BARE = {"name": None, "document": None}


@pytest.mark.parametrize(
    ("about", "steps"),
    [
        (BARE, ["complete_information", "check_real_name", "start_face_check"]),
        ({}, ["check_real_name", "start_face_check"]),
        ({"real_name": RealName.FAILED}, ["correct_information", "submit_evidence", "start_face_check"]),
        ({"real_name": RealName.IN_REVIEW}, ["await_review", "start_face_check"]),
        ({"real_name": RealName.PASSED}, ["start_face_check"]),
        ({"real_name": RealName.PASSED, "real_person": RealPerson.TO_BE_RENEWED}, ["start_face_check"]),
    ],
)
def test_a_person_is_told_what_comes_next(stage: Stage, about: dict[str, object], steps: list[str]) -> None:
    shown = stage.call("identity.show_identity", token=token_of(stage, a_person(stage, **about))).json
    assert [one["step"] for one in shown["next"]] == steps


def test_a_unit_without_its_people_completes_them_first(stage: Stage) -> None:
    whole = a_unit(stage)
    assert whole.unit
    bare = a_unit(stage, "邯郸市旧账号有限公司", unit=replace(whole.unit, name_key="旧账号", uscc=NUMBERS.uscc(), main_agent=None))
    shown = stage.call("identity.show_identity", token=token_of(stage, bare), language="en").json
    assert [one["step"] for one in shown["next"]] == ["complete_unit_information", "check_real_name"]
    refused = stage.call("identity.check_real_name", token=token_of(stage, bare), language="en").json
    assert (refused["code"], refused["title"]) == ("unit_information_incomplete", shown["next"][0]["message"])


@pytest.mark.usefixtures("workflow")
def test_returned_documents_are_not_waited_for(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.FAILED)
    case_id = submitted(stage, person)
    token = token_of(stage, person)
    assert stage.call("identity.show_identity", token=token).json["next"][0]["step"] == "await_review"
    decided(stage, case_id, "return", remarks=[{"field": "attachments.document_front", "text": "照片不清晰"}])
    shown = stage.call("identity.show_identity", token=token).json
    assert (shown["real_name"], shown["case_id"]) == ("in_review", case_id)
    assert [one["step"] for one in shown["next"]] == ["correct_evidence", "start_face_check"]
    assert "退回" in shown["real_name_message"]
    assert stage.call("account.show_account", token=token).json["missing"] == ["complete_information", "check_real_person"]


def test_a_verified_person_has_nothing_to_do(stage: Stage) -> None:
    shown = stage.call("identity.show_identity", token=token_of(stage, a_verified_person(stage)), language="en").json
    assert (shown["real_name_message"], shown["real_person_message"], shown["next"]) == (
        "Real-name check passed",
        "Real-person check passed",
        [],
    )


def test_the_last_comparison_stays_readable(stage: Stage) -> None:
    token = token_of(stage, a_unit(stage))
    stage.call("identity.check_real_name", token=token)
    shown = stage.call("identity.show_identity", token=token).json
    assert shown["checked_at"] == "2026-03-02T01:00:00.000Z"
    assert {one["message"] for one in shown["parts"]} == {"与权威数据一致"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, "matches"),
        ({"name": "王建国", "document_number": "130403198103111018"}, "number_unknown"),
    ],
)
def test_a_persons_registration_is_a_check(stage: Stage, changed: dict[str, str], reason: str) -> None:
    made = registered_person(stage, **changed)
    shown = stage.call("identity.show_identity", token=made.token).json
    assert shown["real_name"] == ("passed" if reason == "matches" else "failed")
    assert [(one["part"], one["reason"]) for one in shown["parts"]] == [("person", reason)]
    assert shown["checked_at"] is not None


def test_a_units_registration_is_a_check(stage: Stage) -> None:
    made = registered_unit(stage, unit_name="邯郸市换帅实业有限公司", uscc="91130400FB160D029X")
    shown = stage.call("identity.show_identity", token=made.token).json
    assert {one["part"]: one["reason"] for one in shown["parts"]} == {"unit": "representative_differs", "main_agent": "matches"}


def test_a_corrected_name_is_a_check(stage: Stage) -> None:
    made = registered_person(stage, name="王建国", document_number="130403198103111018")
    form = {"document_type": "resident_id", "document_number": "130403198003101007", "name": "李晓波"}
    body = {"version": 1, "person": form | {"validity": {"start": "2020-01-01", "term": "long_term"}}}
    assert stage.call("account.change_information", body, token=made.token).status == 200
    assert [one["reason"] for one in stage.call("identity.show_identity", token=made.token).json["parts"]] == ["matches"]


def test_who_never_said_a_name_was_never_checked(stage: Stage) -> None:
    shown = stage.call("identity.show_identity", token=token_of(stage, a_person(stage, **BARE))).json
    assert (shown["parts"], shown["checked_at"]) == ([], None)


def test_a_session_without_account_sees_nothing(stage: Stage) -> None:
    assert stage.call("identity.show_identity", token=session_for(stage, CallerKind.PERSON, "NOBODY")).code == "identity_unknown"
