"""Granting again (DEL-06) makes a new grant, linked to the ended one."""

from typing import Any

from expertgate.account.model import RealPerson
from expertgate.account.store import AccountRow
from tests.builders.grants import Somebody, again, bound, day, opened, person, told, unit
from tests.stage import Answered, Stage


def _again(stage: Stage, employer: Somebody, grant_id: str, **body: Any) -> Answered:
    days = {"first_day": day(stage), "last_day": day(stage, 30)}
    return stage.call("delegation.grant_again", {**days, **body}, token=employer.token, path={"grant_id": grant_id})


def _revoked(stage: Stage, employer: Somebody, agent: Somebody) -> str:
    grant_id = str(bound(stage, employer, agent).json["id"])
    stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": grant_id})
    stage.clock.advance(milliseconds=1)
    return grant_id


def test_a_revoked_grant_is_given_again(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    old = _revoked(stage, employer, agent)
    new = _again(stage, employer, old)
    assert (new.status, new.json["previous"], new.json["state"]) == (201, old, "in_force")
    assert new.json["id"] != old
    assert told(stage, agent) == ["grant_bound", "grant_revoked", "grant_granted_again"]
    shown = stage.call("delegation.show_agent_grant", token=employer.token, path={"grant_id": old})
    assert (shown.json["id"], shown.json["state"]) == (old, "revoked")


def test_an_expired_grant_is_given_again_before_sweeping(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    old = bound(stage, employer, agent, last_day=day(stage)).json["id"]
    stage.clock.advance(days=1)
    employer = again(stage, employer)
    assert _again(stage, employer, old).json["previous"] == old
    assert stage.run("delegation.expire_grants") == {"done": 0}
    shown = stage.call("delegation.show_agent_grant", token=employer.token, path={"grant_id": old})
    assert shown.json["state"] == "expired"


def test_a_live_grant_is_not_given_again(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert _again(stage, employer, grant_id).code == "grant_state_forbids"


def test_an_old_grant_yields_to_a_live_one(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    old = _revoked(stage, employer, agent)
    live = _again(stage, employer, old).json["id"]
    refused = _again(stage, employer, old)
    assert (refused.code, refused.json["facts"]["grant_id"]) == ("agent_bound_already", live)


def test_other_roles_stay_within_the_units_own(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    old = _revoked(stage, employer, agent)
    assert _again(stage, employer, old, roles=["unit_administrator"]).broken == {"roles": "role_not_yours"}


def test_who_must_show_his_face_anew_gets_nothing(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    old = _revoked(stage, employer, agent)
    row = AccountRow.find(f"ACCOUNT#{agent.id}")
    assert row is not None
    row.update([AccountRow.real_person.set(RealPerson.TO_BE_RENEWED.value)])
    assert _again(stage, employer, old).code == "person_not_found"


def test_it_names_the_grant_it_renews_not_the_latest(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    first, later = _revoked(stage, employer, agent), _revoked(stage, employer, agent)
    assert later != first
    assert _again(stage, employer, first).json["previous"] == first
