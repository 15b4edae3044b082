"""A unit's forgotten mobile: evidence, an operator, then the new mobile, the old one told with a way to object."""

from typing import Any

import pytest

from expertgate.account.model import Account
from expertgate.forms.masks import mask_mobile
from expertgate.notice.model import Delivery
from expertgate.notice.store import NoticeRow
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.cases import FakeWorkflow
from tests.builders.people import NUMBERS, a_unit, again, token_of
from tests.builders.recoveries import (
    NEW_PASSWORD,
    Traveller,
    attached,
    begin,
    code_for,
    decided,
    last_letter,
    last_message,
    letters,
    messages,
    told,
)
from tests.functions.recovery.test_start_recovery import unit_named
from tests.stage import Stage

EMAIL = "unit@example.org"
FILES = ("business_licence", "id_portrait", "id_emblem", "mobile_proof")


@pytest.fixture
def unit(stage: Stage, workflow: FakeWorkflow) -> Account:
    assert workflow.started == []
    return a_unit(stage)


def form(recovery: Traveller, unit: Account, mobile: str, **changed: Any) -> dict[str, Any]:
    named = {name: value for name, value in unit_named(unit).items() if name != "user_name"}
    code = code_for(recovery.stage, mobile, "reset_mobile")
    return {**named, "mobile": mobile, "sms_code": code, **attached(recovery, *FILES), **changed}


def submitted(stage: Stage, unit: Account) -> tuple[Traveller, str, str]:
    """Hand in an application and return it with its case and the new mobile."""
    recovery, mobile = begin(stage, "unit_password", **unit_named(unit)), "+86" + NUMBERS.mobile()
    answered = recovery.call("submit_mobile_reset", form(recovery, unit, mobile))
    assert answered.status == 202, answered.text
    return recovery, answered.json["case"]["case_id"], mobile


def test_the_recovery_waits_for_its_review(stage: Stage, unit: Account, workflow: FakeWorkflow) -> None:
    recovery, case_id, _ = submitted(stage, unit)
    assert where(recovery.show().json) == ["done", "done", "current", "to_come"]
    case = cases.case(stage.world, case_id)
    assert (case.kind, case.state, case.chain[0].bureau) == ("mobile_reset", CaseState.IN_REVIEW, "platform")
    assert workflow.started == [(case_id, 1, 1)]
    assert told(stage, unit.id) == []


def test_approval_gives_the_unit_its_new_mobile(stage: Stage, unit: Account) -> None:
    recovery, case_id, mobile = submitted(stage, unit)
    decided(stage, case_id)
    assert again(stage, unit).mobile == mobile
    assert last_message(stage, mobile, "mobile_reset_approved") == {}
    assert recovery.show().json["case"]["state"] == "approved"
    new = begin(stage, "unit_password", **unit_named(unit))
    assert new.prove(mobile).json["next"]["step"] == "set_password"
    assert new.set_password(NEW_PASSWORD).status == 200


def test_a_mobile_that_was_the_units_already_is_told(stage: Stage, unit: Account) -> None:
    recovery, mobile = begin(stage, "unit_password", **unit_named(unit)), str(unit.mobile)
    answered = recovery.call("submit_mobile_reset", form(recovery, unit, mobile))
    decided(stage, answered.json["case"]["case_id"])
    assert messages(stage, mobile).count("mobile_reset_approved") == 1
    assert (again(stage, unit).mobile, told(stage, unit.id)) == (mobile, [])


def test_the_new_mobile_gets_one_short_message(stage: Stage, unit: Account) -> None:
    _, case_id, mobile = submitted(stage, unit)
    decided(stage, case_id)
    assert last_message(stage, mobile, "mobile_reset_approved") == {}
    kept = [(row.template, row.delivery) for row in NoticeRow.query(f"ACCOUNT#{unit.id}")]
    assert kept == [("mobile_changed", Delivery.NOT_BY_SMS)]


def test_the_old_mobile_is_told_and_may_object(stage: Stage, unit: Account) -> None:
    _, case_id, _ = submitted(stage, unit)
    decided(stage, case_id)
    assert unit.mobile
    code = last_message(stage, unit.mobile, "mobile_changed_object")["code"]
    assert stage.call("account.object_to_mobile_change", {"objection_code": code}).status == 201
    assert again(stage, unit).mobile == unit.mobile


def test_a_proven_address_hears_of_a_reset(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    unit = a_unit(stage, email=EMAIL, email_proven=True)
    _, case_id, mobile = submitted(stage, unit)
    assert letters(stage, EMAIL) == []
    decided(stage, case_id)
    assert last_letter(stage, EMAIL, "mobile_changed_letter") == {"mobile": mask_mobile(mobile)}


def test_rejection_changes_nothing_but_is_told(stage: Stage, unit: Account) -> None:
    _, case_id, mobile = submitted(stage, unit)
    decided(stage, case_id, "reject", reason="证明材料不清晰")
    assert again(stage, unit).mobile == unit.mobile
    assert last_message(stage, mobile, "mobile_reset_rejected") == {"reason": "证明材料不清晰"}


def test_a_returned_application_is_corrected(stage: Stage, unit: Account) -> None:
    recovery, case_id, mobile = submitted(stage, unit)
    decided(stage, case_id, "return", remarks=[{"field": "attachments.mobile_proof", "text": "请提供运营商证明"}])
    shown = recovery.show().json
    assert (shown["case"]["state"], shown["case"]["remarks"][0]["field"]) == ("returned", "mobile_proof")
    assert (shown["next"]["step"], where(shown)) == ("submit_evidence", ["done", "current", "to_come", "to_come"])
    stage.clock.advance(days=3)
    body = {**form(recovery, unit, mobile), **first_files(stage, case_id), **attached(recovery, "mobile_proof")}
    again_sent = recovery.call("submit_mobile_reset", body, address="198.51.100.9")
    assert again_sent.status == 202, again_sent.text
    assert where(again_sent.json) == ["done", "done", "current", "to_come"]
    decided(stage, case_id, round_number=2)
    assert again(stage, unit).mobile == mobile


def where(shown: dict[str, Any]) -> list[str]:
    return [one["state"] for one in shown["steps"]]


@pytest.mark.parametrize(("outcome", "said"), [("approve", {}), ("reject", {"reason": "证明材料不清晰"})])
def test_an_ended_case_ends_the_recovery(stage: Stage, unit: Account, outcome: str, said: dict[str, Any]) -> None:
    recovery, case_id, _ = submitted(stage, unit)
    decided(stage, case_id, outcome, **said)
    shown = recovery.show().json
    assert (shown["next"]["step"], where(shown), shown["expires_in"]) == ("done", ["done"] * 4, 0)
    assert [one["step"] for one in shown["steps"]] == ["verify_account", "submit_evidence", "await_review", "done"]
    assert shown["user_name"] is None


def first_files(stage: Stage, case_id: str) -> dict[str, str]:
    files: Any = cases.round_of(stage.world, case_id, 1).form["attachments"]
    return dict(files)


def test_answers_name_the_purpose_of_the_code(stage: Stage, unit: Account) -> None:
    recovery, mobile = begin(stage, "unit_password", **unit_named(unit)), "+86" + NUMBERS.mobile()
    following = recovery.started.json["next"]
    assert (following["code_purpose"], following["otherwise"]["code_purpose"]) == ("reset_password", "reset_mobile")
    sent = recovery.call("submit_mobile_reset", form(recovery, unit, mobile)).json
    assert (sent["next"]["code_purpose"], sent["next"]["otherwise"]) == (None, None)
    decided(stage, sent["case"]["case_id"], "return", remarks=[{"field": "mobile", "text": "该手机号不是单位所有"}])
    assert recovery.show().json["next"]["code_purpose"] == "reset_mobile"


def test_only_remarked_fields_may_change(stage: Stage, unit: Account) -> None:
    recovery, case_id, _ = submitted(stage, unit)
    decided(stage, case_id, "return", remarks=[{"field": "attachments.mobile_proof", "text": "请提供运营商证明"}])
    stage.clock.advance(seconds=61)
    other = form(recovery, unit, "+86" + NUMBERS.mobile()) | {
        name: one for name, one in first_files(stage, case_id).items() if name != "id_emblem"
    }
    refused = recovery.call("submit_mobile_reset", other).json
    assert (refused["code"], refused["facts"]["fields"]) == ("fields_not_open", ["id_emblem", "mobile"])


def test_a_corrected_mobile_takes_its_own_code(stage: Stage, unit: Account) -> None:
    recovery, case_id, _ = submitted(stage, unit)
    decided(stage, case_id, "return", remarks=[{"field": "mobile", "text": "该手机号不是单位所有"}])
    stage.clock.advance(seconds=61)
    other = "+86" + NUMBERS.mobile()
    body = form(recovery, unit, other) | first_files(stage, case_id)
    assert recovery.call("submit_mobile_reset", body | {"sms_code": "000000"}).broken == {"sms_code": "sms_code_wrong"}
    assert recovery.call("submit_mobile_reset", body).status == 202
    decided(stage, case_id, round_number=2)
    assert again(stage, unit).mobile == other


def test_a_mobile_that_stays_takes_no_second_code(stage: Stage, unit: Account) -> None:
    recovery, case_id, mobile = submitted(stage, unit)
    decided(stage, case_id, "return", remarks=[{"field": "attachments.mobile_proof", "text": "请提供运营商证明"}])
    stage.clock.advance(seconds=61)
    upload = {"purpose": "mobile_proof", "file_name": "证明.jpg", "media_type": "image/jpeg"}
    assert recovery.call("request_recovery_upload", upload).status == 201
    body = form(recovery, unit, mobile) | first_files(stage, case_id) | attached(recovery, "mobile_proof")
    del body["sms_code"]
    assert recovery.call("submit_mobile_reset", body).status == 202


def test_an_application_in_review_is_not_sent_twice(stage: Stage, unit: Account) -> None:
    recovery, case_id, mobile = submitted(stage, unit)
    stage.clock.advance(seconds=61)
    repeated = form(recovery, unit, mobile) | first_files(stage, case_id)
    assert recovery.call("submit_mobile_reset", repeated).code == "case_not_returned"


def test_two_recoveries_make_one_case(stage: Stage, unit: Account) -> None:
    submitted(stage, unit)
    other, mobile = begin(stage, "unit_password", **unit_named(unit)), "+86" + NUMBERS.mobile()
    assert other.call("submit_mobile_reset", form(other, unit, mobile)).code == "case_already_open"


def test_a_returned_application_gives_way_to_a_new_one(stage: Stage, unit: Account, workflow: FakeWorkflow) -> None:
    _, case_id, old_mobile = submitted(stage, unit)
    decided(stage, case_id, "return", remarks=[{"field": "attachments.mobile_proof", "text": "请提供运营商证明"}])
    stage.clock.advance(days=31)
    other, mobile = begin(stage, "unit_password", **unit_named(unit)), "+86" + NUMBERS.mobile()
    body = form(other, unit, mobile)
    answers = [other.call("submit_mobile_reset", body, key="reset-000001") for _ in range(2)]
    assert [one.status for one in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    assert (case_id, 1, 2) in workflow.started  # closes the round of the one that gave way
    assert (cases.case(stage.world, case_id).state, last_message(stage, old_mobile, "application_replaced")) == (CaseState.WITHDRAWN, {})
    decided(stage, answers[0].json["case"]["case_id"])
    assert again(stage, unit).mobile == mobile


def test_a_unit_finds_its_ended_application_among_its_cases(stage: Stage, unit: Account) -> None:
    _, case_id, _ = submitted(stage, unit)
    token = token_of(stage, unit)
    show = {"token": token, "path": {"case_id": case_id}}
    assert (stage.call("review.list_my_cases", token=token).json["items"], stage.call("review.show_my_case", **show).status) == ([], 404)
    decided(stage, case_id)
    assert [one["id"] for one in stage.call("review.list_my_cases", token=token).json["items"]] == [case_id]
    shown = stage.call("review.show_my_case", **show).json
    assert (shown["case"]["state"], shown["rounds"][0]["form"]["mobile"][3:7]) == ("approved", "****")


@pytest.mark.parametrize("name", FILES)
def test_every_proof_is_demanded(stage: Stage, unit: Account, name: str) -> None:
    recovery = begin(stage, "unit_password", **unit_named(unit))
    body = form(recovery, unit, "+86" + NUMBERS.mobile())
    del body[name]
    assert recovery.call("submit_mobile_reset", body).broken == {name: "missing"}


def test_files_must_fit_and_be_ones_own(stage: Stage, unit: Account) -> None:
    recovery, other = (begin(stage, "unit_password", **unit_named(unit)) for _ in range(2))
    body = form(recovery, unit, "+86" + NUMBERS.mobile())
    foreign = attached(other, "mobile_proof")["mobile_proof"]
    assert recovery.call("submit_mobile_reset", body | {"mobile_proof": foreign}).code == "evidence_missing"
    swapped = recovery.call("submit_mobile_reset", body | {"mobile_proof": body["id_emblem"]})
    assert swapped.broken == {"mobile_proof": "evidence_purpose_wrong"}


def test_the_new_mobile_must_take_its_code(stage: Stage, unit: Account) -> None:
    recovery = begin(stage, "unit_password", **unit_named(unit))
    body = form(recovery, unit, "+86" + NUMBERS.mobile())
    assert recovery.call("submit_mobile_reset", body | {"sms_code": "000000"}).broken == {"sms_code": "sms_code_wrong"}
    del body["sms_code"]
    assert recovery.call("submit_mobile_reset", body).broken == {"sms_code": "sms_code_wrong"}


def test_name_and_code_are_asked_again(stage: Stage, unit: Account) -> None:
    recovery = begin(stage, "unit_password", **unit_named(unit))
    body = form(recovery, unit, "+86" + NUMBERS.mobile(), unit_name="邯郸市别的有限公司")
    assert recovery.call("submit_mobile_reset", body).code == "recovered_account_unknown"


def test_after_the_mobile_step_it_is_too_late(stage: Stage, unit: Account) -> None:
    recovery = begin(stage, "unit_password", **unit_named(unit))
    body = form(recovery, unit, "+86" + NUMBERS.mobile())
    assert unit.mobile
    recovery.prove(unit.mobile)
    assert recovery.call("submit_mobile_reset", body).code == "recovery_step_wrong"
