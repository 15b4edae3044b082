"""Binding an agent (DEL-02, DEL-03): within what the unit has, for whole days of Shanghai, once."""

from typing import Any

import pytest

from expertgate.account.model import RealPerson, Status
from expertgate.outbound.audit import AuditRow
from expertgate.settings import LIMITS
from tests.builders.grants import ROLE, Somebody, act, again, bound, day, opened, order, person, reason, told, unit
from tests.stage import Stage


def test_a_person_is_bound_and_both_are_told(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    assert (made["state"], made["state_name"], made["agent_name"]) == ("in_force", "有效", "李*波")
    assert (made["roles"], made["at_rest"]) == ([{"code": ROLE, "name": "用人单位申报用户"}], False)
    assert told(stage, agent) == ["grant_bound"]
    assert told(stage, employer) == ["grant_bound_unit"]


def test_the_binding_is_on_record_without_personal_data(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    rows = list(AuditRow.query(f"UNIT#{employer.id}#SERVICE#fepms", page_size=10))
    assert [row.tag for row in rows] == ["delegation:service:opened", "delegation:grant:bound"]
    assert agent.name not in rows[1].facts
    assert agent.id in rows[1].facts


def test_a_later_first_day_is_not_yet_in_force(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    assert bound(stage, employer, agent, first_day=day(stage, 1)).json["state"] == "not_yet_in_force"


def test_a_service_never_entered_cannot_be_granted(stage: Stage) -> None:
    employer, agent = unit(stage), person(stage)
    answered = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
    assert (answered.status, answered.code) == (403, "service_not_opened")
    assert "外国专家项目管理信息系统" in answered.json["title"]
    english = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token, language="en")
    assert "“Foreign expert project management”" in english.json["title"]


@pytest.mark.parametrize(("language", "named"), [("zh", "用人单位申报用户"), ("en", "Unit applicant")])
def test_roles_that_may_be_granted_are_named(stage: Stage, language: str, named: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = order(stage, agent, roles=["unit_administrator"])
    (problem,) = stage.call("delegation.bind_agent", body, token=employer.token, language=language).json["errors"]
    assert problem["message"].endswith(named)


@pytest.mark.parametrize(
    ("changed", "field", "rule"),
    [
        ({"roles": ["unit_administrator"]}, "roles", "role_not_yours"),
        ({"roles": ["of_somebody_else"]}, "roles", "role_not_yours"),
        ({"roles": []}, "roles", "role_required"),
        ({"service": "unknown"}, "service", "service_unknown"),
        ({"first_day": "2026-03-01"}, "first_day", "first_day_past"),
        ({"last_day": "2026-03-01"}, "last_day", "last_day_past"),
        ({"first_day": "2026-03-05", "last_day": "2026-03-04"}, "last_day", "period_order"),
        ({"last_day": "2029-12-31"}, "last_day", "grant_too_long"),
        ({"last_day": "2026-02-30"}, "last_day", "day_form"),
        ({"last_day": 1772413200}, "last_day", "day_form"),
        ({"person_id": "somebody"}, "person_id", "bad_form"),
    ],
)
def test_a_wish_wider_than_allowed_is_refused(stage: Stage, changed: dict[str, Any], field: str, rule: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    answered = stage.call("delegation.bind_agent", order(stage, agent, **changed), token=employer.token)
    assert (answered.status, answered.broken) == (422, {field: rule})
    assert told(stage, agent) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"real_person": RealPerson.TO_BE_RENEWED},
        {"real_person": RealPerson.NOT_PASSED},
        {"status": Status.SUSPENDED},
        {"status": Status.CLOSED},
    ],
)
def test_only_a_verified_person_is_bound(stage: Stage, facts: dict[str, Any]) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage, **facts)
    answered = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
    assert (answered.status, answered.code) == (404, "person_not_found")


def test_a_unit_cannot_bind_itself_or_another(stage: Stage) -> None:
    employer, other = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司")
    for somebody in (employer, other):
        answered = stage.call("delegation.bind_agent", order(stage, somebody), token=employer.token)
        assert (answered.status, answered.code) == (404, "person_not_found")


def test_a_person_cannot_bind_anybody(stage: Stage) -> None:
    agent = person(stage)
    answered = stage.call("delegation.bind_agent", order(stage, agent), token=agent.token)
    assert (answered.status, answered.code) == (403, "caller_kind_refused")


def test_a_live_grant_is_not_bound_twice(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    answered = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
    assert (answered.status, answered.code) == (409, "agent_bound_already")
    days = {name: made[name] for name in ("first_day", "last_day")}
    assert answered.json["facts"] == {"grant_id": made["id"], "roles": [ROLE], "state": "in_force", **days}


def test_what_time_ended_unseen_is_closed_on_the_way(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 1))
    stage.clock.advance(days=3)
    bound(stage, again(stage, employer), agent)
    rows = AuditRow.query(f"UNIT#{employer.id}#SERVICE#fepms", page_size=10)
    tags = [row.tag for row in rows if row.tag.startswith("delegation:grant:")]
    assert sorted(tag.rpartition(":")[2] for tag in tags) == ["bound", "bound", "expired"]


def test_a_repeated_key_binds_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    answers = [stage.call("delegation.bind_agent", order(stage, agent), token=employer.token, key="bind-once-01") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert told(stage, agent) == ["grant_bound"]


def test_one_person_serves_several_units_and_services(stage: Stage) -> None:
    agent = person(stage)
    for seed, name in ((1, "邯郸市某某科技有限公司"), (2, "石家庄市另一家公司")):
        employer = unit(stage, seed, name)
        for service in ("fepms", "work_permit"):
            opened(stage, employer, service)
            bound(stage, employer, agent, service=service)
    assert len(told(stage, agent)) == 4


@pytest.mark.parametrize(
    ("language", "named"), [("zh", "办理外国专家项目管理信息系统，"), ("en", "for Foreign expert project management from")]
)
def test_messages_name_the_service_in_the_readers_language(stage: Stage, language: str, named: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    for one in (employer, agent):
        assert named in stage.call("notice.list_messages", token=one.token, language=language).json["items"][0]["text"]


def _bound_and_revoked(stage: Stage, employer: Somebody, agent: Somebody) -> str:
    """Bind and revoke until the day's changes are used up; the last grant stays."""
    for _ in range(LIMITS.grant_changes_a_day - 1):
        act(stage, employer, "revoke_grant", bound(stage, employer, agent).json["id"])
    return str(bound(stage, employer, agent).json["id"])


def test_binding_again_and_again_ends_for_the_day(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = _bound_and_revoked(stage, employer, agent)
    assert act(stage, employer, "revoke_grant", grant_id).status == 200
    before = told(stage, agent), told(stage, employer)
    refused = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
    assert (refused.status, refused.code) == (429, "too_many_grant_changes")
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 60 * 60
    assert (told(stage, agent), told(stage, employer)) == before
    assert bound(stage, employer, person(stage, 2)).status == 201
    stage.clock.advance(days=1)
    assert bound(stage, again(stage, employer), agent).status == 201


def test_what_takes_authority_away_is_never_counted(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = _bound_and_revoked(stage, employer, agent)
    assert act(stage, employer, "disable_grant", grant_id).status == 200
    days = {"first_day": day(stage), "last_day": day(stage, 9)}
    refused = [
        act(stage, employer, "enable_grant", grant_id),
        act(stage, employer, "change_validity", grant_id, days),
        stage.call("delegation.bind_agent", order(stage, agent, service="work_permit"), token=opened(stage, employer, "work_permit").token),
    ]
    assert {one.code for one in refused} == {"too_many_grant_changes"}
    assert act(stage, employer, "revoke_grant", grant_id).status == 200
    assert reason(stage, employer, agent) == "revoked"
    assert act(stage, employer, "grant_again", grant_id, {"first_day": day(stage), "last_day": day(stage)}).code == "too_many_grant_changes"


def test_a_person_who_is_given_over_to_counts(stage: Stage) -> None:
    employer, agent, other = opened(stage, unit(stage)), person(stage), person(stage, 2)
    act(stage, employer, "revoke_grant", _bound_and_revoked(stage, employer, agent))
    grant_id, body = bound(stage, employer, other).json["id"], {"person_id": agent.id, "first_day": day(stage), "last_day": day(stage)}
    assert act(stage, employer, "change_agent", grant_id, body).code == "too_many_grant_changes"
    assert reason(stage, employer, other) == "granted"


def test_a_repeated_request_is_counted_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = order(stage, agent)
    answers = [
        stage.call("delegation.bind_agent", body, token=employer.token, key="bind-0001") for _ in range(LIMITS.grant_changes_a_day + 1)
    ]
    assert {one.json["id"] for one in answers} == {answers[0].json["id"]}
    days = {"first_day": day(stage), "last_day": day(stage, 9)}
    assert act(stage, employer, "change_validity", answers[0].json["id"], days).status == 200


def test_a_refused_request_is_not_counted(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    for _ in range(LIMITS.grant_changes_a_day + 1):
        stage.call("delegation.bind_agent", order(stage, agent, roles=["unit_administrator"]), token=employer.token)
    assert bound(stage, employer, agent).status == 201
