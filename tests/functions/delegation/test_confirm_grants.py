"""Grants rest when the unit is not what it was, until it confirms them (DEL-17)."""

import pytest

from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, gate_of
from expertgate.outbound.standing import rest_grants
from tests.builders.grants import Somebody, act, bound, opened, person, reason, told, unit
from tests.stage import Answered, Stage


def _rest(stage: Stage, employer: Somebody, why: str = "new_legal_representative") -> None:
    change = Change(stage.world, system("test"))
    rest_grants(change, employer.id, why)
    change.commit(None)
    stage.clock.advance(milliseconds=1)


def _confirm(stage: Stage, employer: Somebody, *grant_ids: str) -> Answered:
    return stage.call("delegation.confirm_grants", {"grant_ids": list(grant_ids)}, token=employer.token)


@pytest.mark.parametrize("why", ["new_legal_representative", "suspended", "closed"])
def test_all_grants_rest_at_once(stage: Stage, why: str) -> None:
    employer, agent, other = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    grants = [bound(stage, employer, one).json["id"] for one in (agent, other)]
    _rest(stage, employer, why)
    assert [reason(stage, employer, one) for one in (agent, other)] == ["at_rest", "at_rest"]
    shown = stage.call("delegation.list_agents", token=employer.token).json["items"]
    assert [(one["state"], one["at_rest"]) for one in shown] == [("in_force", True)] * 2
    confirmed = _confirm(stage, employer, grants[0])
    assert (confirmed.status, confirmed.json["items"][0]["at_rest"]) == (200, False)
    assert [reason(stage, employer, one) for one in (agent, other)] == ["granted", "at_rest"]
    assert told(stage, agent)[-1] == "grant_confirmed"


def test_what_does_not_rest_is_confirmed_silently(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    _rest(stage, employer)
    answers = [_confirm(stage, employer, grant_id).json for _ in range(2)]
    assert answers[0] == answers[1]
    assert (told(stage, agent), told(stage, employer)) == (["grant_bound", "grant_confirmed"], ["grant_bound_unit", "grant_confirmed_unit"])


def test_a_grant_named_twice_is_confirmed_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    _rest(stage, employer)
    assert [one["id"] for one in _confirm(stage, employer, grant_id, grant_id).json["items"]] == [grant_id]
    assert (reason(stage, employer, agent), told(stage, agent)) == ("granted", ["grant_bound", "grant_confirmed"])


def test_a_grant_made_after_the_change_counts(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    _rest(stage, employer)
    bound(stage, employer, agent)
    assert reason(stage, employer, agent) == "granted"


def test_each_change_of_the_unit_rests_anew(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    for _ in range(2):
        _rest(stage, employer)
        assert reason(stage, employer, agent) == "at_rest"
        _confirm(stage, employer, grant_id)
        assert reason(stage, employer, agent) == "granted"


def test_a_closed_gate_refuses_whatever_was_confirmed(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    for somebody, expected in ((employer, "unit_closed"), (agent, "agent_closed")):
        for closed, found in ((True, expected), (False, "granted")):
            gate = gate_of(somebody.id)
            assert gate is not None
            change = Change(stage.world, system("test"))
            close_gate(change, gate, closed=closed)
            change.commit(None)
            assert reason(stage, employer, agent) == found


def test_a_closed_unit_does_not_act_for_itself(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    assert reason(stage, employer, employer) == "granted"
    gate, change = gate_of(employer.id), Change(stage.world, system("test"))
    assert gate is not None
    close_gate(change, gate, closed=True)
    change.commit(None)
    assert reason(stage, employer, employer) == "unit_closed"


def test_all_are_confirmed_or_none(stage: Stage) -> None:
    employer, agent, other = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    kept, revoked = (bound(stage, employer, one).json["id"] for one in (agent, other))
    act(stage, employer, "revoke_grant", revoked)
    _rest(stage, employer)
    assert _confirm(stage, employer, kept, revoked).code == "grant_state_forbids"
    assert reason(stage, employer, agent) == "at_rest"


def test_another_units_grants_are_not_confirmed(stage: Stage) -> None:
    employer, other = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司")
    grant_id = bound(stage, employer, person(stage)).json["id"]
    assert _confirm(stage, other, grant_id).code == "grant_unknown"
    assert _confirm(stage, employer).broken == {"grant_ids": "required"}
