"""A decision counts once, on what was looked at, by who holds the case, and tells the workflow afterwards."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.errors.review import OfficialInactive, OwnCase
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.review.actions.impartial import demand_impartial
from expertgate.review.actions.opening import resubmit, suspend_case
from expertgate.review.model import CaseState, Duty
from expertgate.review.store import cases as store
from expertgate.review.store import officials
from tests.builders import grants
from tests.builders.cases import FORM, FakeWorkflow, applicant, as_system, claim, decide, decision, desks, opened
from tests.builders.officials import NATIONAL, PLATFORM, Desk, official
from tests.stage import Stage, session_for

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
        ({"outcome": "return", "remarks": [{"field": "basic.nonsense", "text": "x"}]}, "remark_field_unknown"),
        ({"outcome": "return", "remarks": [{"field": "nonsense", "text": "x"}]}, "remark_field_unknown"),
        ({"outcome": "return", "remarks": [{"field": "basic", "text": "x"}]}, "case_ok"),
        ({"outcome": "perhaps"}, "invalid_input"),
    ],
)
def test_an_incomplete_decision_is_refused(stage: Stage, changed: dict[str, Any], code: str) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    answered = _send(stage, case_id, desk.token, {**decision(seen), **changed})
    assert (answered.json.get("code", "case_ok"), answered.status) == (code, 201 if code == "case_ok" else 422)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"outcome": "reject", "reason": None}, {"reason": "reason_missing"}),
        ({"outcome": "return", "remarks": []}, {"remarks": "remarks_missing"}),
        ({"outcome": "return", "remarks": [{"field": "nonsense", "text": "x"}]}, {"remarks.0.field": "remark_field_unknown"}),
    ],
)
def test_what_is_missing_is_named(stage: Stage, changed: dict[str, Any], broken: dict[str, str]) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    assert _send(stage, case_id, desk.token, {**decision(seen), **changed}).broken == broken


@pytest.mark.parametrize(("kind", "bureau"), [("duplicate_hold", PLATFORM), ("reviewer_handover", NATIONAL)])
def test_what_nobody_corrects_is_not_returned(stage: Stage, kind: str, bureau: str) -> None:
    case_id = opened(stage, kind=kind, bureau=None)
    answered = decide(stage, case_id, official(stage, bureau), "return")
    assert (answered.status, answered.code) == (422, "return_impossible")
    assert store.case(stage.world, case_id).state is CaseState.IN_REVIEW


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


@pytest.mark.parametrize("state", ["returned", "withdrawn", "suspended", "rejected", "approved"])
def test_no_route_approves_what_is_not_in_review(stage: Stage, state: str) -> None:
    case_id, holder, colleague = opened(stage, bureau="100000"), official(stage, NATIONAL), official(stage, NATIONAL)
    _brought_to(stage, case_id, holder, state)
    case = store.case(stage.world, case_id)
    supervisor = official(stage, NATIONAL, Duty.SUPERVISOR)
    given = stage.call("review.assign_case", {"official_id": colleague.id}, token=supervisor.token, path={"case_id": case_id})
    assert (given.code, claim(stage, case_id, colleague).code) == ("case_moved", "case_moved")
    present = {"round": case.round, "level": case.level, "version": case.version, "outcome": "approve"}
    looked_at = [{**present, "version": version} for version in range(1, case.version + 2)]
    assert {_send(stage, case_id, desk.token, body).code for desk in (colleague, supervisor) for body in looked_at} <= {"case_moved"}
    assert store.case(stage.world, case_id) == case


def test_a_decision_on_an_old_round_is_refused(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    decide(stage, case_id, desk, "return")
    change = as_system(stage)
    resubmit(change, store.case(stage.world, case_id), {**FORM, "basic": {"name": "青岛海洋研究院", "staff": 120}}, [])
    change.commit(None)
    seen = claim(stage, case_id, desk).json
    answered = _send(stage, case_id, desk.token, {**decision(seen), "round": 1})
    assert (answered.code, answered.json["facts"]["round"], store.case(stage.world, case_id).level) == ("case_moved", 2, 0)


def test_four_eyes_hold_while_the_decision_is_written(stage: Stage) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    desk = official(stage, document=grants.document_of(1))
    change = as_system(stage)
    demand_impartial(change, officials.official(stage.world, desk.id), store.case(stage.world, case_id))
    grants.bound(stage, employer, agent)
    with pytest.raises(OwnCase):
        change.commit(None)


def test_who_is_disabled_while_he_decides_decides_nothing(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    change = as_system(stage)
    demand_impartial(change, officials.official(stage.world, desk.id), store.case(stage.world, case_id))
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": desk.id})
    with pytest.raises(OfficialInactive):
        change.commit(None)


def _brought_to(stage: Stage, case_id: str, holder: Desk, state: str) -> None:
    """Bring a case of the nation's alone to a state, the way it gets there."""
    match state:
        case "returned" | "rejected" | "approved":
            decide(stage, case_id, holder, {"returned": "return", "rejected": "reject", "approved": "approve"}[state])
        case "withdrawn":
            claim(stage, case_id, holder)
            stage.call("review.withdraw_case", token=session_for(stage, CallerKind.PERSON, "A1"), path={"case_id": case_id})
        case "suspended":
            claim(stage, case_id, holder)
            change = as_system(stage)
            suspend_case(change, store.case(stage.world, case_id), "duplicate")
            change.commit(None)
    assert store.case(stage.world, case_id).state.value == state


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


def test_a_person_without_a_stake_decides(stage: Stage) -> None:
    employer, _ = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    assert decide(stage, case_id, official(stage, document=grants.document_of(1))).status == 201
