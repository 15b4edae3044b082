"""Documents for a name the register did not confirm: handed in, returned, corrected, decided; what was looked at counts."""

from functools import partial
from typing import Any

import pytest

from expertgate.account.model import Account, RealName
from tests.builders.cases import FakeWorkflow, claim, decide
from tests.builders.evidence import a_checked_file
from tests.builders.grants import mobiles_told
from tests.builders.officials import PLATFORM, official
from tests.builders.people import a_person, a_unit, again, token_of, with_facts
from tests.builders.recoveries import decided, told
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")
UNIT_FILES = ("business_licence", "id_portrait", "id_emblem")


def hand_in(stage: Stage, account: Account, *purposes: str, **changed: Any) -> Answered:
    files = {one: a_checked_file(stage, account.id, one) for one in purposes}
    return stage.call("identity.submit_real_name_evidence", files | changed, token=token_of(stage, account))


def submitted(stage: Stage, account: Account) -> str:
    answered = hand_in(stage, account, "document_front", "document_back")
    assert answered.status == 202, answered.text
    return str(answered.json["case_id"])


@pytest.fixture
def failed(stage: Stage) -> Account:
    return a_person(stage, real_name=RealName.FAILED)


def test_documents_are_reviewed_by_the_platform(stage: Stage, failed: Account, workflow: FakeWorkflow) -> None:
    answered = hand_in(stage, failed, "document_front")
    assert (answered.status, answered.json["message"]) == (202, "实名认证审核中")
    assert again(stage, failed).real_name is RealName.IN_REVIEW
    assert workflow.started == [(answered.json["case_id"], 1, 1)]


def test_who_holds_the_case_sees_the_documents(stage: Stage, failed: Account) -> None:
    file, desk = a_checked_file(stage, failed.id, "document_front"), official(stage, PLATFORM)
    case_id = hand_in(stage, failed, document_front=file).json["case_id"]
    seen = partial(stage.call, "evidence.show_evidence", token=desk.token, path={"evidence_id": file})
    assert seen().code == "evidence_unknown"
    claim(stage, case_id, desk)
    assert seen().status == 200


def test_nobody_behind_the_unit_decides_its_name(stage: Stage) -> None:
    unit = a_unit(stage, real_name=RealName.FAILED)
    assert unit.unit
    assert unit.unit.main_agent
    case_id = hand_in(stage, unit, *UNIT_FILES).json["case_id"]
    agent = official(stage, PLATFORM, mobile=unit.unit.main_agent.mobile.removeprefix("+86"))
    assert claim(stage, case_id, agent).code == "own_case"


def test_who_withdraws_is_told_of_no_rejection(stage: Stage, failed: Account) -> None:
    case_id = submitted(stage, failed)
    assert stage.call("review.withdraw_case", token=token_of(stage, failed), path={"case_id": case_id}).status == 200
    assert (again(stage, failed).real_name, told(stage, failed.id)) == (RealName.FAILED, [])


@pytest.mark.parametrize(("outcome", "state"), [("approve", "passed"), ("reject", "failed")])
def test_the_decision_settles_the_name(stage: Stage, failed: Account, outcome: str, state: str) -> None:
    decided(stage, submitted(stage, failed), outcome)
    assert again(stage, failed).real_name == state
    assert told(stage, failed.id) == [{"passed": "real_name_passed", "failed": "real_name_rejected"}[state]]


def test_a_return_reaches_the_mobile_of_now(stage: Stage, failed: Account) -> None:
    case_id = submitted(stage, failed)
    with_facts(stage, failed.id, mobile="+8613700009999")
    decided(stage, case_id, "return", remarks=[{"field": "attachments", "text": "照片不清晰"}])
    assert mobiles_told(stage, failed.id, "real_name_evidence_returned") == ["+8613700009999"]


def test_remarks_name_the_fields_of_the_request(stage: Stage, failed: Account) -> None:
    case_id = submitted(stage, failed)
    decided(stage, case_id, "return", remarks=[{"field": "attachments", "text": "照片不清晰"}])
    shown = stage.call("review.show_my_case", token=token_of(stage, failed), path={"case_id": case_id}).json
    (first,) = shown["rounds"]
    files = ["document_back", "document_front"]
    assert (shown["open_fields"], [one["field"] for one in first["decisions"][0]["remarks"]]) == (files, files)
    assert sorted(first["form"].keys() & {*files, "attachments"}) == files


@pytest.mark.parametrize("field", ["name", "document_number"])
def test_a_remark_nobody_could_answer_is_refused(stage: Stage, failed: Account, field: str) -> None:
    case_id, remark = submitted(stage, failed), {"field": field, "text": "与证件不符"}
    refused = decide(stage, case_id, official(stage, PLATFORM), "return", remarks=[remark])
    assert (refused.status, refused.broken) == (422, {"remarks.0.field": "remark_field_fixed"})


def test_after_a_rejection_one_may_try_again(stage: Stage, failed: Account) -> None:
    decided(stage, submitted(stage, failed), "reject")
    decided(stage, submitted(stage, failed))
    assert again(stage, failed).real_name is RealName.PASSED


def test_a_unit_proves_licence_and_representative(stage: Stage) -> None:
    unit = a_unit(stage, real_name=RealName.FAILED)
    answered = hand_in(stage, unit, *UNIT_FILES)
    decided(stage, answered.json["case_id"])
    assert again(stage, unit).real_name is RealName.PASSED


def test_returned_documents_are_handed_in_again(stage: Stage, failed: Account) -> None:
    case_id = submitted(stage, failed)
    decided(stage, case_id, "return", remarks=[{"field": "attachments", "text": "照片不清晰"}])
    assert again(stage, failed).real_name is RealName.IN_REVIEW
    assert submitted(stage, failed) == case_id
    decided(stage, case_id, round_number=2)
    assert again(stage, failed).real_name is RealName.PASSED


def test_approval_counts_for_what_was_looked_at(stage: Stage, failed: Account) -> None:
    case_id = submitted(stage, failed)
    with_facts(stage, failed.id, name="别的名字")
    decided(stage, case_id)
    assert again(stage, failed).real_name is RealName.FAILED


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (RealName.PASSED, "real_name_already_passed"),
        (RealName.UNCHECKED, "real_name_not_failed"),
        (RealName.IN_REVIEW, "real_name_in_review"),
    ],
)
def test_documents_are_wanted_after_a_failure_only(stage: Stage, state: RealName, code: str) -> None:
    assert hand_in(stage, a_person(stage, real_name=state), "document_front").code == code


def test_the_needed_files_are_named(stage: Stage, failed: Account) -> None:
    assert hand_in(stage, failed, "document_back").broken == {"document_front": "missing"}
    assert hand_in(stage, failed, "document_front", "business_licence").broken == {"business_licence": "unknown_field"}
    unit = a_unit(stage, real_name=RealName.FAILED)
    assert hand_in(stage, unit, "business_licence").broken == {"id_portrait": "missing", "id_emblem": "missing"}


def test_another_accounts_files_are_missing(stage: Stage, failed: Account) -> None:
    foreign = a_checked_file(stage, "SOMEBODY", "document_front")
    assert hand_in(stage, failed, document_front=foreign).code == "evidence_missing"
    assert again(stage, failed).real_name is RealName.FAILED
