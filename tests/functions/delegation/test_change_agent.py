"""Change of agent (DEL-11): one ends as the other begins."""

from typing import Any

from expertgate.account.model import RealPerson
from tests.builders.grants import Somebody, act, bound, day, opened, person, reason, told, unit
from tests.stage import Answered, Stage


def _change(stage: Stage, employer: Somebody, grant_id: str, successor: Somebody, **body: Any) -> Answered:
    days = {"first_day": day(stage), "last_day": day(stage, 90)}
    return act(stage, employer, "change_agent", grant_id, {"person_id": successor.id, **days, **body})


def test_one_ends_as_the_other_begins(stage: Stage) -> None:
    employer, agent, successor = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    grant_id = bound(stage, employer, agent).json["id"]
    changed = _change(stage, employer, grant_id, successor)
    assert (changed.status, changed.json["ended"]["state"], changed.json["made"]["state"]) == (201, "replaced", "in_force")
    assert changed.json["made"]["previous"] == grant_id
    assert (reason(stage, employer, agent), reason(stage, employer, successor)) == ("replaced", "granted")
    assert (told(stage, agent)[-1], told(stage, successor)) == ("grant_replaced", ["grant_bound"])


def test_nothing_changes_when_the_new_one_may_not(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    unverified = person(stage, 2, "王小明", real_person=RealPerson.NOT_PASSED)
    grant_id = bound(stage, employer, agent).json["id"]
    assert _change(stage, employer, grant_id, unverified).code == "person_not_found"
    assert _change(stage, employer, grant_id, agent).code == "agent_bound_already"
    assert reason(stage, employer, agent) == "granted"
    assert told(stage, agent) == ["grant_bound"]


def test_an_ended_grant_has_no_successor(stage: Stage) -> None:
    employer, agent, successor = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    grant_id = bound(stage, employer, agent).json["id"]
    act(stage, employer, "revoke_grant", grant_id)
    assert _change(stage, employer, grant_id, successor).json["facts"] == {"state": "revoked", "deed": "replace"}
