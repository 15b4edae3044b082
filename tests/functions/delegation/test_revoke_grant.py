"""Revoking (DEL-05) holds for the very next question."""

import pytest

from expertgate.delegation.actions.authority import require_grant
from expertgate.errors.delegation import NoAuthority
from tests.builders.grants import bound, opened, person, told, unit
from tests.stage import Stage


def test_a_revoked_agent_is_refused_at_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert require_grant(agent.id, employer.id, "fepms", stage.clock.now()).id == grant_id
    revoked = stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": grant_id})
    assert (revoked.status, revoked.json["state"], revoked.json["state_name"]) == (200, "revoked", "已解除")
    with pytest.raises(NoAuthority) as refused:
        require_grant(agent.id, employer.id, "fepms", stage.clock.now())
    assert refused.value.facts == {"reason": "revoked"}
    assert told(stage, agent) == ["grant_bound", "grant_revoked"]
    assert told(stage, employer) == ["grant_bound_unit", "grant_revoked_unit"]


def test_a_grant_is_revoked_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    path = {"grant_id": bound(stage, employer, agent).json["id"]}
    stage.call("delegation.revoke_grant", token=employer.token, path=path)
    again = stage.call("delegation.revoke_grant", token=employer.token, path=path)
    assert (again.status, again.code) == (409, "grant_state_forbids")
    assert (again.json["facts"], again.json["title"]) == (
        {"state": "revoked", "deed": "revoke"},
        "授权当前为“已解除”，不能进行此操作，请刷新后查看。",
    )
    assert told(stage, agent) == ["grant_bound", "grant_revoked"]


def test_another_units_grant_is_not_there(stage: Stage) -> None:
    employer, other, agent = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司"), person(stage)
    path = {"grant_id": bound(stage, employer, agent).json["id"]}
    answered = stage.call("delegation.revoke_grant", token=other.token, path=path)
    assert (answered.status, answered.code) == (404, "grant_unknown")
    assert stage.call("delegation.revoke_grant", token=agent.token, path=path).code == "caller_kind_refused"


def test_a_grant_that_never_was_is_unknown(stage: Stage) -> None:
    answered = stage.call("delegation.revoke_grant", token=unit(stage).token, path={"grant_id": "01KJPZ5B8000000000000000C3"})
    assert (answered.status, answered.code) == (404, "grant_unknown")
