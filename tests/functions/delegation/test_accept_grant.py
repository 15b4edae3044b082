"""An offer counts once the agent accepted (DEL-13)."""

import pytest

from tests.builders.grants import Somebody, act, again, ask_for_acceptance, bound, opened, person, reason, told, unit
from tests.stage import Stage


@pytest.fixture
def offered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> tuple[Somebody, Somebody, str]:
    """Give a unit, a person and the grant offered."""
    ask_for_acceptance(monkeypatch)
    employer, agent = opened(stage, unit(stage)), person(stage)
    return employer, agent, bound(stage, employer, agent).json["id"]


def test_an_offer_counts_after_acceptance(stage: Stage, offered: tuple[Somebody, Somebody, str]) -> None:
    employer, agent, grant_id = offered
    assert reason(stage, employer, agent) == "offered"
    accepted = act(stage, agent, "accept_grant", grant_id)
    assert (accepted.status, accepted.json["state"], accepted.json["answer_by"]) == (200, "in_force", None)
    assert reason(stage, employer, agent) == "granted"
    assert told(stage, agent) == ["grant_offered", "grant_accepted"]
    assert told(stage, employer) == ["grant_offered_unit", "grant_accepted_unit"]


def test_an_offer_is_accepted_once(stage: Stage, offered: tuple[Somebody, Somebody, str]) -> None:
    _, agent, grant_id = offered
    act(stage, agent, "accept_grant", grant_id)
    assert act(stage, agent, "accept_grant", grant_id).json["facts"] == {"state": "in_force", "deed": "accept"}


def test_an_offer_lapses_after_seven_days(stage: Stage, offered: tuple[Somebody, Somebody, str]) -> None:
    employer, agent, grant_id = offered
    stage.clock.advance(days=7)
    agent = again(stage, agent)
    assert act(stage, agent, "accept_grant", grant_id).json["facts"]["state"] == "expired"
    assert stage.run("delegation.expire_grants") == {"done": 1}
    assert told(stage, employer)[-1] == "grant_offer_lapsed_unit"


def test_only_the_person_asked_accepts(stage: Stage, offered: tuple[Somebody, Somebody, str]) -> None:
    employer, _, grant_id = offered
    assert act(stage, person(stage, 2, "王小明"), "accept_grant", grant_id).code == "grant_unknown"
    assert act(stage, employer, "accept_grant", grant_id).code == "caller_kind_refused"
