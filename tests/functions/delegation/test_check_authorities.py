"""A hundred questions at once (DEL-12)."""

from tests.builders.grants import act, bound, opened, person, unit
from tests.builders.services import registered
from tests.stage import Stage


def test_answers_come_in_the_order_asked(stage: Stage) -> None:
    system, employer = registered(stage), opened(stage, unit(stage))
    agents = [person(stage, seed) for seed in range(4)]
    grants = [bound(stage, employer, agent).json["id"] for agent in agents[:3]]
    act(stage, employer, "revoke_grant", grants[1])
    questions = [{"agent_id": agent.id, "unit_id": employer.id, "service": "fepms"} for agent in agents] * 25
    answered = stage.call("delegation.check_authorities", {"questions": questions}, token=system.token)
    reasons = [one["reason"] for one in answered.json["answers"]]
    assert reasons == ["granted", "revoked", "granted", "no_grant"] * 25


def test_a_batch_has_one_to_a_hundred_questions(stage: Stage) -> None:
    system = registered(stage)
    question = {"agent_id": "0" * 26, "unit_id": "1" * 26, "service": "fepms"}
    for number in (0, 101):
        answered = stage.call("delegation.check_authorities", {"questions": [question] * number}, token=system.token)
        assert list(answered.broken) == ["questions"]


def test_one_foreign_service_refuses_the_batch(stage: Stage) -> None:
    system = registered(stage)
    questions = [{"agent_id": "0" * 26, "unit_id": "1" * 26, "service": code} for code in ("fepms", "work_permit")]
    answered = stage.call("delegation.check_authorities", {"questions": questions}, token=system.token)
    assert (answered.status, answered.code) == (403, "scope_refused")
