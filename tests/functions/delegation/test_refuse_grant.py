"""An offer refused is over before it began (DEL-13)."""

import pytest

from tests.builders.grants import act, ask_for_acceptance, bound, opened, person, reason, told, unit
from tests.stage import Stage


def test_a_refused_offer_is_over(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_acceptance(monkeypatch)
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert act(stage, agent, "refuse_grant", grant_id).json["state"] == "given_back"
    assert reason(stage, employer, agent) == "given_back"
    assert told(stage, employer) == ["grant_offered_unit", "grant_refused_unit"]
    assert bound(stage, employer, agent).json["previous"] == grant_id


def test_a_grant_that_binds_cannot_be_refused(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    refused = act(stage, agent, "refuse_grant", bound(stage, employer, agent).json["id"])
    assert (refused.status, refused.json["facts"]) == (409, {"state": "in_force", "deed": "refuse"})
