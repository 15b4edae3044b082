"""Chapters about who may act for the unit: bind, change, revoke, grant again; and the end of a grant."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from infra.local.demo.cast import Cast, Person
from infra.local.demo.client import Client

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def bind_agents(client: Client, cast: Cast) -> None:
    """Play 我的经办人 (DEL-01 … DEL-07)."""
    story, unit, agent = client.story, cast.unit, cast.agent
    story.chapter("The unit finds its people and binds them as agents (我的经办人)")
    story.step(f"Without a grant {agent.name} may not enter")
    refused = client.ask("POST", "/v1/services/fepms/entries", {}, token=agent.token, expect=403)
    story.note(refused["title"])
    story.step(f"{agent.name} is found by document number, shown masked, and bound for a month")
    grant = _bind(client, cast, agent, days=30)
    story.step("My agents shows him")
    listed = client.ask("GET", "/v1/agent-grants", token=unit.token)
    story.expect("states of my agents", [one["state"] for one in listed["items"]], ["in_force"])
    story.step("The validity is extended by a month")
    last = _today(client) + timedelta(days=60)
    days = {"first_day": str(_today(client)), "last_day": str(last)}
    changed = client.ask("PUT", f"/v1/agent-grants/{grant}/validity", days, token=unit.token)
    story.expect("the new end", changed["last_day"], str(last))
    story.step("The grant is revoked; the very next request is refused")
    client.ask("POST", f"/v1/agent-grants/{grant}/revocations", {}, token=unit.token)
    client.ask("POST", "/v1/services/fepms/entries", {}, token=agent.token, expect=403)
    story.step("It is granted again: a new grant, linked to the old one")
    days = {"first_day": str(_today(client)), "last_day": str(_today(client) + timedelta(days=30))}
    again = client.ask("POST", f"/v1/agent-grants/{grant}/renewals", days, token=unit.token, expect=201)
    story.expect("the former grant", again["previous"], grant)
    story.step(f"{cast.second_agent.name} is bound as well")
    _bind(client, cast, cast.second_agent, days=30)


def reach_the_end(client: Client, cast: Cast) -> None:
    """Play the end of a grant (DEL-08, DEL-10)."""
    story, unit, agent = client.story, cast.unit, cast.agent
    story.chapter("The grant reaches its end (授权到期)")
    seen = len(client.inbox(agent.mobile)), len(client.inbox(unit.mobile))
    client.advance(days=31)
    story.step(f"{agent.name} is refused at once, whether or not the schedule came by")
    agent.token = _log_in(client, "person", agent.mobile)
    refused = client.ask("POST", "/v1/services/fepms/entries", {"unit_id": unit.account_id}, token=agent.token, expect=403)
    story.note(refused["title"])
    story.step("The schedule comes by: the state changes and both are told")
    client.fire("DelegationExpireGrants")
    story.note(f"SMS to the agent: {client.sms(agent.mobile, seen[0], '到期')}")
    story.note(f"SMS to the unit: {client.sms(unit.mobile, seen[1], '到期')}")
    unit.token = _log_in(client, "unit", unit.user_name)
    listed = client.ask("GET", "/v1/agent-grants", token=unit.token, state="expired")
    story.expect("expired grants are listed", len(listed["items"]) >= 1, wanted=True)


def _bind(client: Client, cast: Cast, person: Person, days: int) -> str:
    found = client.ask(
        "POST", "/v1/person-searches", {"document_number": person.document_number, "name": person.name}, token=cast.unit.token
    )
    today = _today(client)
    body = {
        "person_id": found["person_id"],
        "service": "fepms",
        "roles": ["unit_applicant"],
        "first_day": str(today),
        "last_day": str(today + timedelta(days=days)),
    }
    bound = client.ask("POST", "/v1/agent-grants", body, token=cast.unit.token, expect=201)
    return str(bound["id"])


def _today(client: Client) -> date:
    return datetime.fromtimestamp(client.now(), _SHANGHAI).date()


def _log_in(client: Client, kind: str, login_name: str) -> str:
    from infra.local.demo.accounts import log_in  # noqa: PLC0415 -- the chapters know each other only here

    return log_in(client, kind, login_name)
