"""Enabling again (DEL-14) never revives what ended."""

from tests.builders.grants import act, again, bound, day, opened, person, reason, told, unit
from tests.stage import Stage


def test_an_enabled_grant_counts_again(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    act(stage, employer, "disable_grant", grant_id)
    assert act(stage, employer, "enable_grant", grant_id).json["state"] == "in_force"
    assert reason(stage, employer, agent) == "granted"
    assert told(stage, agent) == ["grant_bound", "grant_disabled", "grant_enabled"]


def test_what_ended_while_disabled_stays_ended(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage)).json["id"]
    act(stage, employer, "disable_grant", grant_id)
    stage.clock.advance(days=1)
    enabled = act(stage, again(stage, employer), "enable_grant", grant_id)
    assert enabled.json["facts"] == {"state": "expired", "deed": "enable"}
