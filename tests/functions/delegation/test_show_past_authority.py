"""Who could act for a unit at any past moment (DEL-15)."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from expertgate.caller import Caller, CallerKind, system
from expertgate.delegation.actions import remembering
from expertgate.delegation.requests.history import PastAgent, PastAuthority
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from expertgate.settings import LIMITS
from tests.builders.grants import Somebody, act, again, bound, day, opened, person, unit
from tests.stage import Answered, Stage, session_for


def _at(stage: Stage, employer: Somebody, moment: datetime, **query: Any) -> Answered:
    asked = {"service": "fepms", "at": moment.isoformat().replace("+00:00", "Z"), **query}
    return stage.call("delegation.show_past_authority", token=employer.token, query=asked)


def _agents(answered: Answered) -> list[str]:
    return [one["agent_id"] for one in answered.json["agents"]]


def test_each_moment_has_its_own_answer(stage: Stage) -> None:
    employer, agent, successor = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    moments = [stage.clock.now()]
    stage.clock.advance(minutes=1)

    def later() -> None:
        stage.clock.advance(minutes=1)
        moments.append(stage.clock.now())
        stage.clock.advance(minutes=1)

    grant_id = bound(stage, employer, agent, last_day=day(stage, 2)).json["id"]
    later()
    act(stage, employer, "disable_grant", grant_id)
    later()
    act(stage, employer, "enable_grant", grant_id)
    later()
    days = {"first_day": day(stage), "last_day": day(stage, 90)}
    act(stage, employer, "change_agent", grant_id, {"person_id": successor.id, **days})
    later()
    change = Change(stage.world, system("test"))
    rest_grants(change, employer.id, "new_legal_representative")
    change.commit(None)
    later()
    seen = [_agents(_at(stage, employer, moment)) for moment in moments]
    assert seen == [[], [agent.id], [], [agent.id], [successor.id], []]


def test_time_alone_ends_a_past_grant(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day="2026-03-05")
    stage.clock.advance(days=30)
    employer, midnight = again(stage, employer), datetime.fromisoformat("2026-03-05T16:00:00+00:00")
    assert _agents(_at(stage, employer, midnight - timedelta(milliseconds=1))) == [agent.id]
    assert _agents(_at(stage, employer, midnight)) == []


def test_an_official_asks_for_any_unit(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    official = Somebody("O", session_for(stage, CallerKind.OFFICIAL, "O", duties=frozenset({"reviewer"})), "")
    assert _agents(_at(stage, official, stage.clock.now(), unit_id=employer.id)) == [agent.id]
    assert _at(stage, official, stage.clock.now()).code == "unit_unknown"


def test_an_officials_look_is_on_record(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    official = Somebody("O", session_for(stage, CallerKind.OFFICIAL, "O", duties=frozenset({"reviewer"})), "")
    for somebody in (official, employer):
        _at(stage, somebody, stage.clock.now(), unit_id=employer.id)
    looks = [row for row in AuditRow.query(f"UNIT#{employer.id}", page_size=10) if row.tag == "delegation:agents:read"]
    assert [(row.actor, json.loads(row.facts)["agents"]) for row in looks] == [("O", [agent.id])]


def test_a_look_at_very_many_agents_is_on_record(stage: Stage) -> None:
    many, day_one, official = 15_000, date(2026, 3, 2), Caller(CallerKind.OFFICIAL, "r", "O")  # more than one row of 400 KB can name
    agents = [
        PastAgent(agent_id=f"{number:026}", agent_name="", grant_id="G", roles=[], first_day=day_one, last_day=day_one)
        for number in range(many)
    ]
    answer = PastAuthority(at=stage.clock.now(), unit_id="U1", service="fepms", agents=agents)
    remembering._on_record(answer, Change(stage.world, official))
    named = [one for row in AuditRow.query("UNIT#U1", page_size=10) for one in json.loads(row.facts)["agents"]]
    assert sorted(named) == [one.agent_id for one in agents]


def test_more_than_one_answer_can_hold_is_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    monkeypatch.setattr(remembering, "LIMITS", LIMITS._replace(history_rows_most=2))  # that the service was opened is one of them
    assert _agents(_at(stage, employer, stage.clock.now())) == [agent.id]
    act(stage, employer, "disable_grant", grant_id)
    assert _at(stage, employer, stage.clock.now()).code == "history_too_long"


def test_a_unit_asks_for_itself_alone(stage: Stage) -> None:
    employer, other = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司")
    bound(stage, employer, person(stage))
    answered = _at(stage, other, stage.clock.now(), unit_id=employer.id)
    assert (answered.json["unit_id"], _agents(answered)) == (other.id, [])


def test_no_agent_is_looked_for_before_time(stage: Stage) -> None:
    asked = {"service": "fepms", "at": "0001-01-01T00:00:00+14:00"}
    assert stage.call("delegation.show_past_authority", token=unit(stage).token, query=asked).broken == {"at": "moment_form"}


def test_a_moment_needs_its_zone(stage: Stage) -> None:
    employer = unit(stage)
    answered = stage.call("delegation.show_past_authority", token=employer.token, query={"service": "fepms", "at": "2026-03-02T09:00:00"})
    assert answered.broken == {"at": "moment_form"}
    assert _at(stage, employer, stage.clock.now(), service="casino").broken == {"service": "service_unknown"}
    assert _at(stage, person(stage), stage.clock.now()).code == "caller_kind_refused"
