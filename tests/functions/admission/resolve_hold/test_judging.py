"""Who may judge a suspicion, what is shown for it, and that a judgement counts once."""

from typing import Any

from expertgate.admission.store import standings
from expertgate.review.model import CaseState, Duty
from expertgate.review.store import cases
from tests.builders.admission import admitted, another_agent, employer_and_agent, member_form, sent, unit_form, with_workflow
from tests.builders.cases import claim
from tests.builders.grants import document_of, person
from tests.builders.holds import platform, resolve, settled, suspended, suspended_member
from tests.builders.officials import official
from tests.faults.harness import Faults, injected
from tests.stage import Stage


def test_only_the_holder_of_the_case_resolves(stage: Stage) -> None:
    _, _, _, case_id = suspended_member(stage)
    first, second = platform(stage), official(stage, "platform", Duty.OPERATOR, mobile="13911110002")
    claim(stage, case_id, first)
    assert resolve(stage, case_id, second, "release").code == "case_not_claimed"


def test_only_accounts_of_the_suspicion_are_joined(stage: Stage) -> None:
    _, _, _, case_id = suspended_member(stage)
    answered = resolve(stage, case_id, platform(stage), "join", joined=["01KJPZ5B80000000000000000X"])
    assert answered.broken == {"joined": "not_in_hold"}


def test_a_resolution_is_one_transaction(stage: Stage) -> None:
    employer, _ = admitted(stage)
    first, newcomer = another_agent(stage, employer, 8), another_agent(stage, employer, 7)
    running = sent(stage, first, employer, member_form(60), "member").json["case_id"]
    hold, desk = suspended(stage, newcomer, employer, member_form(61, mobile=member_form(60)["mobile"])), platform(stage)
    seen = claim(stage, hold.case_id, desk).json
    body = {name: seen[name] for name in ("round", "level", "version")} | {"resolution": "join", "reason": "同一人"}
    with injected(Faults()) as calls:
        answered = stage.call("admission.resolve_hold", body, token=desk.token, path={"case_id": hold.case_id})
    assert (answered.status, calls.calls.count("dynamodb.TransactWriteItems")) == (201, 1)
    ended = [cases.case(stage.world, one).state for one in (running, hold.case_id)]
    assert ended == [CaseState.WITHDRAWN, CaseState.APPROVED]


def test_another_resolution_afterwards_is_refused(stage: Stage) -> None:
    _, agent, _, case_id = suspended_member(stage)
    desk = platform(stage)
    seen = claim(stage, case_id, desk).json
    body = {name: seen[name] for name in ("round", "level", "version")} | {"resolution": "join", "reason": "已核实"}
    call: dict[str, Any] = {"token": desk.token, "path": {"case_id": case_id}}
    assert stage.call("admission.resolve_hold", body, **call).status == 201
    assert stage.call("admission.resolve_hold", {**body, "joined": [agent.id]}, **call).status == 201
    changed = stage.call("admission.resolve_hold", {**body, "resolution": "release"}, **call)
    assert (changed.status, changed.code) == (409, "case_moved")


def test_a_second_hold_forgets_the_first_resolution(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "refuse")
    mobile = unit_form(stage, employer, 51)["account"]["mobile"]
    hold = suspended(stage, newcomer, employer, member_form(61, mobile=mobile))
    assert {"resolution", "joined"} & hold.serialize().keys() == set()


def test_the_pair_is_shown_side_by_side(stage: Stage) -> None:
    employer, agent, newcomer, case_id = suspended_member(stage)
    desk = platform(stage)
    claim(stage, case_id, desk)
    form = stage.call("review.show_case", token=desk.token, path={"case_id": case_id}).json["rounds"][0]["form"]
    (other,) = form["others"]
    assert (form["held"]["account_id"], other["account_id"]) == (newcomer.id, agent.id)
    assert (other["same"], other["units"]) == (["mobile"], [employer.id])
    assert {"name", "document_number", "mobile", "user_name", "created"} <= form["held"].keys() & other.keys()


def test_another_case_is_not_a_hold(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    desk = official(stage, "130400")
    assert resolve(stage, case_id, desk, "release").code == "hold_unknown"


def test_a_form_once_held_is_not_the_hold(stage: Stage) -> None:
    employer, _, newcomer, case_id = suspended_member(stage)
    settled(stage, case_id, "release")
    row, before = standings.member(employer.id, newcomer.id), standings.hold(employer.id, newcomer.id)
    assert row is not None
    assert row.case_id is not None
    assert before is not None
    assert resolve(stage, row.case_id, official(stage, "130400"), "join").code == "hold_unknown"
    after = standings.hold(employer.id, newcomer.id)
    assert after is not None
    assert after.serialize() == before.serialize()
    assert cases.case(stage.world, row.case_id).state is CaseState.IN_REVIEW


def test_an_agent_resolves_nothing(stage: Stage) -> None:
    _, _, newcomer, case_id = suspended_member(stage)
    body = {"resolution": "release", "reason": "我自己", "round": 1, "level": 0, "version": 1}
    answered = stage.call("admission.resolve_hold", body, token=newcomer.token, path={"case_id": case_id})
    assert (answered.status, answered.code) == (403, "caller_kind_refused")


def test_an_operator_with_an_account_may_judge(stage: Stage) -> None:
    _, _, _, case_id = suspended_member(stage)
    person(stage, 33)
    desk = official(stage, "platform", Duty.OPERATOR, document=document_of(33))
    assert resolve(stage, case_id, desk, "release").status == 201


def test_a_waiting_workflow_hears_of_the_judgement(stage: Stage) -> None:
    _, _, _, case_id = suspended_member(stage)
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": 1, "token": "T1"})
    assert resolve(stage, case_id, platform(stage), "release").status == 201
    assert with_workflow(stage).answered == [("T1", {"state": "approved"})]
