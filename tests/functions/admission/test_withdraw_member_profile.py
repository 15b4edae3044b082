"""A personal form in review can be withdrawn, its number and mobile are free again."""

from tests.builders.admission import admitted, another_agent, asked, enter, member_form, sent, with_workflow
from tests.stage import Stage


def test_withdrawn_numbers_are_free_for_others(stage: Stage) -> None:
    employer, _ = admitted(stage)
    sent(stage, employer, employer, member_form(), "member")
    answered = stage.call("admission.withdraw_member_profile", token=employer.token, path={"unit_id": employer.id})
    assert (answered.status, answered.json["outcome"]) == (200, "member_form")
    assert enter(stage, employer).json["outcome"] == "member_form"
    agent = another_agent(stage, employer, 7)
    assert sent(stage, agent, employer, member_form(), "member").json["outcome"] == "member_pending"


def test_without_a_form_there_is_nothing_to_withdraw(stage: Stage) -> None:
    employer, _ = admitted(stage)
    answered = stage.call("admission.withdraw_member_profile", token=employer.token, path={"unit_id": employer.id})
    assert (answered.status, answered.code) == (409, "nothing_to_withdraw")


def test_a_waiting_workflow_hears_of_an_agents_withdrawal(stage: Stage) -> None:
    employer, _ = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    case_id = sent(stage, newcomer, employer, member_form(), "member").json["case_id"]
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": 1, "token": "T1"})
    assert asked(stage, "withdraw_member_profile", newcomer, employer).status == 200
    assert with_workflow(stage).answered == [("T1", {"state": "withdrawn"})]
