"""Changing the days of a grant (DEL-07, D-05)."""

from typing import Any

import pytest

from tests.builders.grants import again, bound, day, opened, person, told, unit
from tests.stage import Answered, Stage


def _change(stage: Stage, token: str, grant_id: str, first: str, last: str) -> Answered:
    body: dict[str, Any] = {"first_day": first, "last_day": last}
    return stage.call("delegation.change_validity", body, token=token, path={"grant_id": grant_id})


def test_a_grant_lasts_longer_or_shorter(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    for ahead in (600, 3):
        changed = _change(stage, employer.token, grant_id, day(stage), day(stage, ahead))
        assert (changed.status, changed.json["last_day"]) == (200, day(stage, ahead))
    assert told(stage, agent) == ["grant_bound", "grant_validity_changed", "grant_validity_changed"]


def test_the_same_days_tell_nobody(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    assert _change(stage, employer.token, made["id"], made["first_day"], made["last_day"]).json == made
    assert (told(stage, agent), told(stage, employer)) == (["grant_bound"], ["grant_bound_unit"])


def test_the_first_day_moves_only_before_it_begins(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, first_day=day(stage, 2)).json["id"]
    assert _change(stage, employer.token, grant_id, day(stage, 1), day(stage, 9)).json["first_day"] == day(stage, 1)
    stage.clock.advance(days=1)
    employer = again(stage, employer)
    refused = _change(stage, employer.token, grant_id, day(stage, 1), day(stage, 9))
    assert (refused.code, refused.json["facts"]) == ("grant_state_forbids", {"state": "in_force", "deed": "change_first_day"})


def test_an_ended_grant_is_not_revived(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage)).json["id"]
    stage.clock.advance(days=1)
    employer = again(stage, employer)
    refused = _change(stage, employer.token, grant_id, day(stage, -1), day(stage, 30))
    assert (refused.status, refused.json["facts"]["state"]) == (409, "expired")


def test_the_last_day_is_never_in_the_past(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    stage.clock.advance(days=2)
    employer = again(stage, employer)
    assert _change(stage, employer.token, grant_id, day(stage, -2), day(stage, -1)).broken == {"last_day": "last_day_past"}
    assert _change(stage, employer.token, grant_id, day(stage, -2), day(stage)).status == 200


@pytest.mark.parametrize("last", ["2029-12-31", "2026-13-01", "soon"])
def test_an_impossible_last_day_is_refused(stage: Stage, last: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert list(_change(stage, employer.token, grant_id, day(stage), last).broken) == ["last_day"]


def test_another_units_grant_cannot_be_changed(stage: Stage) -> None:
    employer, other, agent = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司"), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert _change(stage, other.token, grant_id, day(stage), day(stage, 3)).code == "grant_unknown"
