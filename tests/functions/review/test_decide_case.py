"""A decision counts once, on what was looked at, by who holds the case, and tells the workflow afterwards."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.review.model import CaseState
from expertgate.review.store import cases as store
from tests.builders.cases import FakeWorkflow, claim, decide, decision, desks, opened
from tests.builders.officials import official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _send(stage: Stage, case_id: str, token: str, body: dict[str, Any]) -> Any:
    return stage.call("review.decide_case", body, token=token, path={"case_id": case_id})


def test_an_approval_moves_the_case_one_level_up(stage: Stage) -> None:
    case_id = opened(stage)
    answered = decide(stage, case_id, official(stage))
    assert (answered.status, answered.json["state"], answered.json["level"]) == (201, "in_review", 1)
    assert answered.json["chain"][1]["bureau_name"] == "河北省科学技术厅"
    assert not answered.json["claimed"]


def test_the_last_approval_ends_the_review(stage: Stage) -> None:
    case_id = opened(stage)
    answers = [decide(stage, case_id, desk) for desk in desks(stage)]
    assert [one.json["state"] for one in answers] == ["in_review", "in_review", "approved"]
    assert not answers[-1].json["concluded"]


def test_the_waiting_execution_is_told_after_the_commit(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": 1, "token": "T1"})
    decide(stage, case_id, official(stage), "reject")
    assert workflow.answered == [("T1", {"state": "rejected"})]


def test_a_silent_workflow_does_not_undo_the_decision(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    workflow.broken = True
    assert decide(stage, case_id, official(stage)).status == 201
    assert store.case(stage.world, case_id).level == 1


def test_a_return_opens_fields_and_tells_the_applicant(stage: Stage) -> None:
    case_id = opened(stage)
    answered = decide(stage, case_id, official(stage), "return")
    case = store.case(stage.world, case_id)
    assert (answered.json["state"], case.open_fields) == ("returned", frozenset({"basic.name"}))
    assert [row.template for row in NoticeRow.query("ACCOUNT#A1")] == ["unit_admission_returned"]
    assert "review:case:decided" in {row.tag for row in AuditRow.query(f"CASE#{case_id}")}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"outcome": "reject", "reason": None}, "reason_missing"),
        ({"outcome": "return", "remarks": []}, "remarks_missing"),
        ({"outcome": "return", "remarks": [{"field": "basic.nonsense", "text": "x"}]}, "case_ok"),
        ({"outcome": "return", "remarks": [{"field": "nonsense", "text": "x"}]}, "remark_field_unknown"),
        ({"outcome": "perhaps"}, "invalid_input"),
    ],
)
def test_an_incomplete_decision_is_refused(stage: Stage, changed: dict[str, Any], code: str) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    answered = _send(stage, case_id, desk.token, {**decision(seen), **changed})
    assert (answered.json.get("code", "case_ok"), answered.status) == (code, 201 if code == "case_ok" else 422)


def test_who_does_not_hold_the_case_cannot_decide(stage: Stage) -> None:
    case_id, holder, other = opened(stage), official(stage), official(stage)
    seen = claim(stage, case_id, holder).json
    answered = _send(stage, case_id, other.token, decision(seen))
    assert (answered.status, answered.code) == (409, "case_not_claimed")


def test_a_stale_decision_is_refused_with_the_present_state(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    stage.call("review.release_case", token=desk.token, path={"case_id": case_id})
    answered = _send(stage, case_id, desk.token, decision(seen))
    assert (answered.status, answered.code) == (409, "case_moved")
    assert answered.json["facts"] == {"state": "in_review", "round": 1, "level": 0, "version": 3}


def test_the_same_decision_sent_again_is_answered_again(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    body = decision(claim(stage, case_id, desk).json)
    first, second = _send(stage, case_id, desk.token, body), _send(stage, case_id, desk.token, body)
    assert (first.status, second.status, second.json) == (201, 201, first.json)
    assert store.case(stage.world, case_id).level == 1


def test_another_decision_after_the_first_is_refused(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    _send(stage, case_id, desk.token, decision(seen))
    answered = _send(stage, case_id, desk.token, decision(seen, "reject"))
    assert (answered.status, answered.code, answered.json["facts"]["level"]) == (409, "case_moved", 1)


def test_a_returned_case_can_be_approved_by_no_route(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    decide(stage, case_id, desk, "return")
    assert claim(stage, case_id, official(stage)).code == "case_moved"
    body = {"round": 1, "level": 0, "version": 3, "outcome": "approve"}
    assert _send(stage, case_id, desk.token, body).code == "case_moved"
    assert store.case(stage.world, case_id).state is CaseState.RETURNED


def test_doubled_decisions_move_each_case_once(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("moto's transactions are not safe in threads; run with dynoxide")
    desk = official(stage)
    cases = [opened(stage, subject=f"U{number}") for number in range(50)]
    bodies = {case_id: decision(claim(stage, case_id, desk).json) for case_id in cases}
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda case_id: _send(stage, case_id, desk.token, bodies[case_id]), cases * 2))
    assert {one.status for one in answers} == {201}
    assert {store.case(stage.world, case_id).level for case_id in cases} == {1}
    decided = [row for case_id in cases for row in AuditRow.query(f"CASE#{case_id}") if row.tag == "review:case:decided"]
    assert len(decided) == len(cases)
