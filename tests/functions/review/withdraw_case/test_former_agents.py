"""Whoever acts for a unit no more neither ends nor reads on in what he asked for in its name; what is about himself stays his (DEL-05)."""

from tests.builders.admission import admitted, another_agent, employer_and_agent, member_form, sent, unit_form
from tests.builders.grants import Somebody, act
from tests.stage import Answered, Stage


def _asked(stage: Stage, who: Somebody, door: str, case_id: str) -> Answered:
    return stage.call(f"review.{door}", token=who.token, path={"case_id": case_id})


def _let_go(stage: Stage, employer: Somebody, agent: Somebody) -> None:
    (grant,) = (
        one["id"] for one in stage.call("delegation.list_agents", token=employer.token).json["items"] if one["agent_id"] == agent.id
    )
    assert act(stage, employer, "revoke_grant", grant).status == 200


def test_a_former_agent_cannot_end_the_units_form(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    _let_go(stage, employer, agent)
    refused = [_asked(stage, agent, door, case_id) for door in ("withdraw_case", "show_my_case")]
    assert [(one.status, one.code, one.json["facts"]) for one in refused] == [(403, "no_authority", {"reason": "revoked"})] * 2
    assert _asked(stage, employer, "withdraw_case", case_id).json["state"] == "withdrawn"


def test_a_former_agent_sees_that_it_goes_on(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    _let_go(stage, employer, agent)
    listed = stage.call("review.list_my_cases", token=agent.token).json["items"]
    assert [one["state"] for one in listed] == ["in_review"]


def test_a_former_agent_ends_what_is_about_himself(stage: Stage) -> None:
    employer, _ = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    case_id = sent(stage, newcomer, employer, member_form(), "member").json["case_id"]
    _let_go(stage, employer, newcomer)
    assert _asked(stage, newcomer, "show_my_case", case_id).status == 200
    assert _asked(stage, newcomer, "withdraw_case", case_id).json["state"] == "withdrawn"
