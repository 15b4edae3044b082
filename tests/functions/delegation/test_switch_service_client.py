"""Switching a downstream system off ends its tokens at once (DEL-12)."""

from tests.builders.grants import bound, opened, person, unit
from tests.builders.services import administrator, entered, registered
from tests.stage import Stage


def test_a_client_switched_off_gets_no_answer(stage: Stage) -> None:
    system, employer, agent = registered(stage), opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    question = {"agent_id": agent.id, "unit_id": employer.id, "service": "fepms"}
    path = {"client_id": system.client_id}
    assert stage.call("delegation.check_authority", question, token=system.token).status == 200
    off = stage.call("delegation.switch_service_client", {"enabled": False}, token=administrator(stage), path=path)
    assert (off.status, off.json["enabled"]) == (200, False)
    assert stage.call("delegation.check_authority", question, token=system.token).code == "login_required"
    form = f"grant_type=client_credentials&client_id={system.client_id}&client_secret={system.secret}"
    refused = stage.call("delegation.issue_service_token", raw=form, headers={"content-type": "application/x-www-form-urlencoded"})
    assert refused.code == "client_refused"
    stage.call("delegation.switch_service_client", {"enabled": True}, token=administrator(stage), path=path)
    again = entered(stage, system.client_id, system.secret)
    assert stage.call("delegation.check_authority", question, token=again.token).status == 200


def test_an_unknown_client_is_not_switched(stage: Stage) -> None:
    answered = stage.call("delegation.switch_service_client", {"enabled": True}, token=administrator(stage), path={"client_id": "nobody"})
    assert answered.code == "client_unknown"
