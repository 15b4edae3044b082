"""An agent asks for more time (DEL-14)."""

from typing import Any

import pytest

from expertgate.settings import LIMITS
from tests.builders.grants import act, again, bound, day, opened, person, told, unit
from tests.stage import Stage


def test_the_unit_sees_what_the_agent_asks(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    asked = act(stage, agent, "ask_extension", grant_id, {"last_day": day(stage, 500), "reason": "项目延期"})
    assert (asked.status, asked.json["last_day"]) == (201, day(stage, 364))
    shown = stage.call("delegation.show_agent_grant", token=employer.token, path={"grant_id": grant_id}).json["extension"]
    assert (shown["last_day"], shown["reason"]) == (day(stage, 500), "项目延期")
    assert told(stage, employer)[-1] == "grant_extension_asked_unit"


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"last_day": "2026-03-03", "reason": "x"}, {"last_day": "extension_not_longer"}),
        ({"last_day": "2032-03-03", "reason": "x"}, {"last_day": "grant_too_long"}),
        ({"last_day": "2027-12-31"}, {"reason": "missing"}),
    ],
)
def test_an_extension_must_be_one(stage: Stage, body: dict[str, Any], broken: dict[str, str]) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    asked = act(stage, agent, "ask_extension", bound(stage, employer, agent).json["id"], body)
    assert (asked.status, asked.broken) == (422, broken)


def test_an_ended_grant_is_not_extended(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage)).json["id"]
    stage.clock.advance(days=1)
    asked = act(stage, again(stage, agent), "ask_extension", grant_id, {"last_day": day(stage, 9), "reason": "x"})
    assert asked.json["facts"] == {"state": "expired", "deed": "ask_extension"}


def test_asking_again_and_again_ends_for_the_day(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    body = {"last_day": day(stage, 500), "reason": "项目延期"}
    asked = [act(stage, agent, "ask_extension", grant_id, body) for _ in range(LIMITS.grant_changes_a_day + 1)]
    assert {one.status for one in asked[:-1]} == {201}
    assert (asked[-1].status, asked[-1].code) == (429, "too_many_grant_changes")
    assert told(stage, employer).count("grant_extension_asked_unit") == LIMITS.grant_changes_a_day
    assert act(stage, employer, "answer_extension", grant_id, {"granted": True}).status == 200
    assert act(stage, agent, "give_back_grant", grant_id).status == 200
