"""A person gives a grant back (DEL-09)."""

from tests.builders.grants import act, bound, opened, person, reason, told, unit
from tests.stage import Stage


def test_a_grant_given_back_ends_at_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    given = act(stage, agent, "give_back_grant", grant_id)
    assert (given.status, given.json["state_name"]) == (200, "已退还")
    assert reason(stage, employer, agent) == "given_back"
    assert told(stage, employer) == ["grant_bound_unit", "grant_given_back_unit"]
    assert act(stage, agent, "give_back_grant", grant_id).code == "grant_state_forbids"


def test_somebody_elses_grant_cannot_be_given_back(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert act(stage, person(stage, 2, "王小明"), "give_back_grant", grant_id).code == "grant_unknown"
    assert act(stage, employer, "give_back_grant", grant_id).code == "caller_kind_refused"
