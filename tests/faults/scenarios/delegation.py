"""Faults while units and agents bind themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from expertgate.caller import system
from expertgate.delegation.actions.tickets import Entry, issue_ticket
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from tests.builders.grants import Somebody, act, ask_for_acceptance, bound, day, opened, order, person, unit
from tests.builders.services import administrator, registered
from tests.faults.scenario import Send, asking, running, scenario
from tests.stage import Stage

type Sides = tuple[Somebody, Somebody, str]


def _bound(stage: Stage, *before: str, days: int = 1) -> Sides:
    """Return a unit, its agent and the grant, after the unit did these with it."""
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant = str(bound(stage, employer, agent, last_day=day(stage, days)).json["id"])
    for deed in before:
        assert act(stage, employer, deed, grant).status < 300
        stage.clock.advance(milliseconds=1)
    return employer, agent, grant


def _rest(stage: Stage, employer: Somebody) -> None:
    change = Change(stage.world, system("test"))
    rest_grants(change, employer.id, "new_legal_representative")
    change.commit(None)


def _offered(stage: Stage, days: int = 1) -> Sides:
    with pytest.MonkeyPatch.context() as patch:
        ask_for_acceptance(patch)
        return _bound(stage, days=days)


def _asked(stage: Stage) -> Sides:
    employer, agent, grant = _bound(stage)
    act(stage, agent, "ask_extension", grant, {"last_day": day(stage, 90), "reason": "项目延期"})
    return employer, agent, grant


def _disabled(stage: Stage) -> Sides:
    return _bound(stage, "disable_grant")


def _revoked(stage: Stage) -> Sides:
    return _bound(stage, "revoke_grant")


def _body(stage: Stage, deed: str) -> dict[str, Any] | None:
    days = {"first_day": day(stage), "last_day": day(stage, 30)}
    bodies: dict[str, dict[str, Any]] = {
        "change_validity": days,
        "grant_again": days,
        "ask_extension": {"last_day": day(stage, 90), "reason": "项目延期"},
        "answer_extension": {"granted": True},
    }
    return bodies.get(deed)


_DEEDS: dict[str, tuple[Callable[[Stage], Sides], int]] = {  # deed -> what was before, who does it (0 the unit, 1 the agent)
    "change_validity": (_bound, 0),
    "revoke_grant": (_bound, 0),
    "grant_again": (_revoked, 0),
    "disable_grant": (_bound, 0),
    "enable_grant": (_disabled, 0),
    "accept_grant": (_offered, 1),
    "refuse_grant": (_offered, 1),
    "give_back_grant": (_bound, 1),
    "ask_extension": (_bound, 1),
    "answer_extension": (_asked, 0),
}


def _doing(deed: str) -> Callable[[Stage], Send]:
    before, who = _DEEDS[deed]

    def prepare(stage: Stage) -> Send:
        sides = before(stage)
        doer = (sides[0], sides[1])[who]
        return asking(stage, f"delegation.{deed}", _body(stage, deed), token=doer.token, path={"grant_id": sides[2]})

    return prepare


for _deed in _DEEDS:
    scenario(f"delegation.{_deed}")(_doing(_deed))


@scenario("delegation.open_service")
def _open_service(stage: Stage) -> Send:
    return asking(stage, "delegation.open_service", token=unit(stage).token, path={"service": "fepms"})


@scenario("delegation.find_person")
def _find_person(stage: Stage) -> Send:
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = {"document_type": "resident_id", "document_number": agent.number, "name": agent.name}
    return asking(stage, "delegation.find_person", body, token=employer.token)


@scenario("delegation.bind_agent")
def _bind_agent(stage: Stage) -> Send:
    employer, agent = opened(stage, unit(stage)), person(stage)
    return asking(stage, "delegation.bind_agent", order(stage, agent), token=employer.token)


@scenario("delegation.change_agent")
def _change_agent(stage: Stage) -> Send:
    employer, _, grant = _bound(stage)
    body = {"person_id": person(stage, 2, "王小明").id, "first_day": day(stage), "last_day": day(stage, 90)}
    return asking(stage, "delegation.change_agent", body, token=employer.token, path={"grant_id": grant})


@scenario("delegation.confirm_grants")
def _confirm_grants(stage: Stage) -> Send:
    employer, _, grant = _bound(stage)
    _rest(stage, employer)
    return asking(stage, "delegation.confirm_grants", {"grant_ids": [grant]}, token=employer.token)


@scenario("delegation.expire_grants")
def _expire_grants(stage: Stage) -> Send:
    employer, _, _ = _bound(stage)
    bound(stage, employer, person(stage, 2, "王小明"))
    _rest(stage, employer)
    stage.clock.advance(days=3)
    return _sweeping(stage)


@scenario("delegation.expire_grants:expiring")
def _remind_of_grants(stage: Stage) -> Send:
    _bound(stage, days=30)
    stage.clock.advance(days=29)
    return _sweeping(stage)


@scenario("delegation.expire_grants:offer lapsed")
def _lapse_offers(stage: Stage) -> Send:
    _offered(stage, days=30)
    stage.clock.advance(days=8)
    return _sweeping(stage)


def _sweeping(stage: Stage) -> Send:
    stage.plays["settle"] = lambda: stage.run("delegation.expire_grants", {})  # the schedule comes by again
    return running(stage, "delegation.expire_grants", {})


@scenario("delegation.register_service_client")
def _register_service_client(stage: Stage) -> Send:
    body = {"name": "外国专家项目管理信息系统", "services": ["fepms"], "scopes": ["authority:check"]}
    return asking(stage, "delegation.register_service_client", body, token=administrator(stage))


@scenario("delegation.renew_client_secret")
def _renew_client_secret(stage: Stage) -> Send:
    client = registered(stage).client_id
    return asking(stage, "delegation.renew_client_secret", token=administrator(stage), path={"client_id": client})


@scenario("delegation.switch_service_client")
def _switch_service_client(stage: Stage) -> Send:
    client = registered(stage).client_id
    return asking(stage, "delegation.switch_service_client", {"enabled": False}, token=administrator(stage), path={"client_id": client})


@scenario("delegation.rotate_ticket_keys")
def _rotate_ticket_keys(stage: Stage) -> Send:
    return running(stage, "delegation.rotate_ticket_keys", {})


@scenario("delegation.apply_grant_file")
def _apply_grant_file(stage: Stage) -> Send:
    employer, agents = opened(stage, unit(stage)), [person(stage, 1), person(stage, 2, "王小明")]
    lines = [f"{one.number},{one.name},fepms,unit_applicant,{day(stage)},{day(stage, 9)}" for one in agents]
    text = "\n".join(["document_number,name,service,roles,first_day,last_day", *lines])
    return asking(stage, "delegation.apply_grant_file", {"deed": "bind", "csv": text}, token=employer.token)


@scenario("delegation.redeem_ticket")
def _redeem_ticket(stage: Stage) -> Send:
    stage.run("delegation.rotate_ticket_keys")
    system, employer = registered(stage), opened(stage, unit(stage))
    ticket = issue_ticket(stage.world, Entry("fepms", employer.id, ("unit_administrator",)))
    return asking(stage, "delegation.redeem_ticket", {"ticket": ticket}, token=system.token)
