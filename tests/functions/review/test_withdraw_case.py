"""An applicant can end his own case while it is open, also a returned one."""

import pytest

from expertgate.caller import CallerKind
from expertgate.review.store import cases as store
from tests.builders.cases import FakeWorkflow, decide, opened
from tests.builders.officials import official
from tests.stage import Answered, Stage, session_for


def _withdraw(stage: Stage, case_id: str, account: str = "A1") -> Answered:
    token = session_for(stage, CallerKind.PERSON, account)
    return stage.call("review.withdraw_case", token=token, path={"case_id": case_id})


@pytest.mark.usefixtures("workflow")
def test_the_end_is_carried_out_at_once(stage: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(stage)
    _withdraw(stage, case_id)
    assert store.case(stage.world, case_id).concluded
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    assert applied == [(case_id, "withdrawn")]


def test_a_waiting_execution_hears_of_a_withdrawal(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": 1, "token": "T1"})
    assert _withdraw(stage, case_id).json["state"] == "withdrawn"
    assert workflow.answered == [("T1", {"state": "withdrawn"})]


def test_a_returned_case_is_closed_by_a_new_execution(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "return")
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    _withdraw(stage, case_id)
    assert workflow.started[-1] == (case_id, 1, 2)


@pytest.mark.usefixtures("workflow")
def test_an_ended_case_cannot_be_withdrawn(stage: Stage) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "reject")
    answered = _withdraw(stage, case_id)
    assert (answered.status, answered.code) == (409, "case_not_withdrawable")


@pytest.mark.usefixtures("workflow")
def test_nobody_withdraws_for_somebody_else(stage: Stage) -> None:
    case_id = opened(stage)
    assert _withdraw(stage, case_id, "A2").code == "case_unknown"
    assert store.case(stage.world, case_id).state.is_open
