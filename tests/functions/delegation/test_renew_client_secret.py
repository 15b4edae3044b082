"""Renewing a secret leaves the old one good for a week (DEL-12)."""

from tests.builders.services import administrator, entered, registered
from tests.stage import Answered, Stage


def _token(stage: Stage, client_id: str, secret: str) -> Answered:
    form = f"grant_type=client_credentials&client_id={client_id}&client_secret={secret}"
    return stage.call("delegation.issue_service_token", raw=form, headers={"content-type": "application/x-www-form-urlencoded"})


def test_old_and_new_secrets_overlap_for_a_week(stage: Stage) -> None:
    system = registered(stage)
    renewed = stage.call("delegation.renew_client_secret", token=administrator(stage), path={"client_id": system.client_id}).json
    assert entered(stage, system.client_id, renewed["client_secret"]).token
    assert entered(stage, system.client_id, system.secret).token
    stage.clock.advance(days=7)
    assert _token(stage, system.client_id, system.secret).code == "client_refused"
    assert _token(stage, system.client_id, renewed["client_secret"]).status == 200


def test_a_third_secret_ends_the_first(stage: Stage) -> None:
    system = registered(stage)
    for _ in range(2):
        stage.call("delegation.renew_client_secret", token=administrator(stage), path={"client_id": system.client_id})
    assert _token(stage, system.client_id, system.secret).code == "client_refused"


def test_a_secret_that_leaked_is_good_no_more(stage: Stage) -> None:
    system = registered(stage)
    path = {"client_id": system.client_id}
    stage.call("delegation.switch_service_client", {"enabled": False}, token=administrator(stage), path=path)
    renewed = stage.call("delegation.renew_client_secret", token=administrator(stage), path=path).json
    assert renewed["old_until"] is None
    stage.call("delegation.switch_service_client", {"enabled": True}, token=administrator(stage), path=path)
    assert _token(stage, system.client_id, system.secret).code == "client_refused"
    assert _token(stage, system.client_id, renewed["client_secret"]).status == 200


def test_an_unknown_client_is_not_renewed(stage: Stage) -> None:
    answered = stage.call("delegation.renew_client_secret", token=administrator(stage), path={"client_id": "nobody"})
    assert (answered.status, answered.code) == (404, "client_unknown")
