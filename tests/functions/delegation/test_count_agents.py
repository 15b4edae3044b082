"""Counts of My agents (DEL-04) follow the clock."""

import pytest

from expertgate.delegation.actions import listing
from expertgate.settings import LIMITS
from tests.builders.grants import act, again, bound, day, opened, person, unit
from tests.stage import Stage


def test_states_are_counted_as_of_now(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    bound(stage, employer, person(stage, 1), last_day=day(stage))
    bound(stage, employer, person(stage, 2), first_day=day(stage, 1))
    act(stage, employer, "revoke_grant", bound(stage, employer, person(stage, 3)).json["id"])
    seen = []
    for _ in range(2):
        counted = stage.call("delegation.count_agents", token=again(stage, employer).token).json
        seen.append({state: number for state, number in counted["counts"].items() if number})
        stage.clock.advance(days=1)
    assert seen == [{"in_force": 1, "not_yet_in_force": 1, "revoked": 1}, {"expired": 1, "in_force": 1, "revoked": 1}]


def test_a_service_can_be_counted_alone(stage: Stage) -> None:
    employer = opened(stage, opened(stage, unit(stage)), "work_permit")
    bound(stage, employer, person(stage))
    counted = stage.call("delegation.count_agents", token=employer.token, query={"service": "work_permit"}).json
    assert (sum(counted["counts"].values()), counted["complete"]) == (0, True)


def test_a_person_counts_what_units_gave_him(stage: Stage) -> None:
    agent, first, second = person(stage), opened(stage, unit(stage)), opened(stage, unit(stage, 2, "石家庄市另一家公司"))
    bound(stage, first, agent)
    act(stage, agent, "give_back_grant", bound(stage, second, agent).json["id"])
    bound(stage, first, person(stage, 2, "王小明"))
    counted = stage.call("delegation.count_agents", token=agent.token).json["counts"]
    assert {state: number for state, number in counted.items() if number} == {"in_force": 1, "given_back": 1}


@pytest.mark.parametrize(("agents", "complete"), [(2, True), (3, False)])
def test_only_what_was_not_counted_is_missing(stage: Stage, monkeypatch: pytest.MonkeyPatch, agents: int, complete: bool) -> None:
    employer = opened(stage, unit(stage))
    for seed in range(agents):
        bound(stage, employer, person(stage, seed))
    monkeypatch.setattr(listing, "LIMITS", LIMITS._replace(page_size_most=1))
    monkeypatch.setattr(listing, "_PAGES_AT_MOST", 2)
    counted = stage.call("delegation.count_agents", token=employer.token).json
    assert (counted["counts"]["in_force"], counted["complete"]) == (2, complete)
