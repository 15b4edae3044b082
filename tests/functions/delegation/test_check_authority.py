"""The authority check of downstream systems (DEL-12): the state right now, for whoever may ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders.grants import ROLE, Somebody, act, bound, day, opened, person, unit
from tests.builders.services import System, entered, registered
from tests.stage import Answered, Stage


def _ask(stage: Stage, system: System, agent: Somebody, employer: Somebody, **more: Any) -> Answered:
    question = {"agent_id": agent.id, "unit_id": employer.id, "service": "fepms", **more}
    return stage.call("delegation.check_authority", question, token=system.token)


def test_a_yes_names_grant_roles_and_end(stage: Stage) -> None:
    system, employer, agent = registered(stage), opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent, last_day="2026-03-05").json
    answered = _ask(stage, system, agent, employer, role=ROLE).json
    assert (answered["allowed"], answered["grant_id"], answered["roles"]) == (True, made["id"], [ROLE])
    assert (answered["valid_until"], answered["keep_seconds"]) == ("2026-03-05T16:00:00.000Z", 30)


def test_a_no_gives_its_reason_and_is_not_kept(stage: Stage) -> None:
    system, employer, agent = registered(stage), opened(stage, unit(stage)), person(stage)
    nobody = _ask(stage, system, agent, employer).json
    assert (nobody["allowed"], nobody["reason"], nobody["keep_seconds"]) == (False, "no_grant", 0)
    assert "没有权限办理该事项" in nobody["reason_text"]
    grant_id = bound(stage, employer, agent).json["id"]
    assert _ask(stage, system, agent, employer, role="unit_administrator").json["reason"] == "role_not_granted"
    act(stage, employer, "revoke_grant", grant_id)
    assert _ask(stage, system, agent, employer).json["reason"] == "revoked"


@pytest.mark.parametrize(
    ("offset", "allowed", "kept"), [(timedelta(seconds=10), True, 10), (timedelta(milliseconds=1), True, 0), (timedelta(0), False, 0)]
)
def test_an_answer_is_never_kept_past_the_end(stage: Stage, offset: timedelta, allowed: bool, kept: int) -> None:
    system, employer, agent = registered(stage), opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day="2026-03-05")
    stage.clock.set(datetime(2026, 3, 5, 16, 0, tzinfo=UTC) - offset)
    answered = _ask(stage, entered(stage, system.client_id, system.secret), agent, employer).json
    assert (answered["allowed"], answered["keep_seconds"]) == (allowed, kept)


def test_a_unit_needs_no_grant_for_itself(stage: Stage) -> None:
    system, employer, other = registered(stage), opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司")
    own = _ask(stage, system, employer, employer).json
    assert (own["allowed"], own["roles"]) == (True, ["unit_administrator", "unit_applicant"])
    assert _ask(stage, system, employer, employer, role=ROLE).json["allowed"]
    assert _ask(stage, system, employer, employer, role="someone_else").json["reason"] == "role_not_granted"
    assert _ask(stage, system, other, other).json["reason"] == "service_not_opened"
    assert _ask(stage, system, other, employer).json["reason"] == "no_grant"


def test_a_client_asks_for_its_own_services_only(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    foreign = registered(stage, services=("work_permit",))
    assert _ask(stage, foreign, agent, employer).json["facts"] == {"scope": "service:fepms"}
    redeemer = registered(stage, "tickets:redeem")
    assert _ask(stage, redeemer, agent, employer).json["facts"] == {"scope": "authority:check"}


def test_people_and_units_do_not_ask(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    for somebody in (employer, agent):
        question = {"agent_id": agent.id, "unit_id": employer.id, "service": "fepms"}
        assert stage.call("delegation.check_authority", question, token=somebody.token).code == "caller_kind_refused"


@pytest.mark.parametrize("broken", [{"agent_id": ""}, {"unit_id": "x"}, {"service": "FEPMS!"}, {"role": 7}])
def test_a_malformed_question_is_refused(stage: Stage, broken: dict[str, Any]) -> None:
    employer, agent = unit(stage), person(stage)
    answered = _ask(stage, registered(stage), agent, employer, **broken)
    assert (answered.status, list(answered.broken)) == (422, list(broken))


def test_the_first_day_decides_too(stage: Stage) -> None:
    system, employer, agent = registered(stage), opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, first_day=day(stage, 1))
    assert _ask(stage, system, agent, employer).json["reason"] == "not_yet_in_force"
