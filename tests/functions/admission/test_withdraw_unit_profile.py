"""A form in review can be withdrawn by who sent it or by the unit; then a new one may be sent."""

from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import (
    another_agent,
    concluded,
    concluded_as_is,
    employer_and_agent,
    enter,
    pictures,
    sent,
    unit_form,
    with_workflow,
)
from tests.builders.grants import Somebody
from tests.stage import Answered, Stage


def withdraw(stage: Stage, somebody: Somebody, employer: Somebody) -> Answered:
    """Withdraw the unit's form."""
    return stage.call("admission.withdraw_unit_profile", token=somebody.token, path={"unit_id": employer.id})


def test_after_a_withdrawal_a_new_form_may_be_sent(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    answered = withdraw(stage, agent, employer)
    assert (answered.status, answered.json["outcome"]) == (200, "unit_form")
    assert cases.case(stage.world, case_id).state is CaseState.WITHDRAWN
    assert enter(stage, agent).json["outcome"] == "unit_form"
    pictures(stage, employer, fresh=True)
    again = sent(stage, agent, employer, unit_form(stage, employer))
    assert (again.status, again.json["case_id"] != case_id) == (201, True)


def test_a_late_workflow_leaves_the_new_form_alone(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    withdraw(stage, agent, employer)
    pictures(stage, employer, fresh=True)
    sent(stage, agent, employer, unit_form(stage, employer))
    concluded_as_is(stage, case_id)
    assert enter(stage, agent).json["outcome"] == "unit_pending"


def test_the_units_account_may_withdraw_for_its_agent(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    assert withdraw(stage, employer, employer).status == 200


def test_a_colleague_may_not_withdraw(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    assert withdraw(stage, another_agent(stage, employer, 7), employer).code == "not_the_submitter"


def test_without_a_form_there_is_nothing_to_withdraw(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    answered = withdraw(stage, employer, employer)
    assert (answered.status, answered.code) == (409, "nothing_to_withdraw")


def test_a_rejected_unit_applies_anew(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    concluded(stage, case_id, CaseState.REJECTED)
    assert enter(stage, agent).json["outcome"] == "unit_form"
    used = sent(stage, agent, employer, unit_form(stage, employer))
    assert (used.status, used.code) == (409, "evidence_in_use")
    pictures(stage, employer, fresh=True)
    assert sent(stage, agent, employer, unit_form(stage, employer)).status == 201


def test_a_waiting_workflow_hears_of_the_withdrawal(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": 1, "token": "T1"})
    withdraw(stage, agent, employer)
    assert with_workflow(stage).answered == [("T1", {"state": "withdrawn"})]
