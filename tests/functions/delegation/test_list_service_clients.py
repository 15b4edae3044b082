"""The administrator sees downstream systems without their secrets (DEL-12)."""

import pytest

from expertgate.delegation import clients
from expertgate.settings import LIMITS
from tests.builders.grants import unit
from tests.builders.officials import official
from tests.builders.services import administrator, registered
from tests.stage import Stage


def test_clients_are_listed_without_secrets(stage: Stage) -> None:
    systems = [registered(stage), registered(stage, "authority:check", services=("work_permit",))]
    listed = stage.call("delegation.list_service_clients", token=administrator(stage))
    assert {one["client_id"] for one in listed.json["items"]} == {one.client_id for one in systems}
    assert not [one for one in systems if one.secret in listed.text]


def test_no_system_is_left_off(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "LIMITS", LIMITS._replace(page_size_most=2))
    systems = {registered(stage).client_id for _ in range(5)}
    listed = stage.call("delegation.list_service_clients", token=administrator(stage)).json["items"]
    assert {one["client_id"] for one in listed} == systems


def test_nobody_else_sees_them(stage: Stage) -> None:
    assert stage.call("delegation.list_service_clients", token=unit(stage).token).code == "caller_kind_refused"
    assert stage.call("delegation.list_service_clients", token=registered(stage).token).code == "caller_kind_refused"


@pytest.mark.parametrize(
    ("action", "body"), [("list_service_clients", None), ("renew_client_secret", None), ("switch_service_client", {"enabled": False})]
)
def test_only_an_administrator_has_to_do_with_them(stage: Stage, action: str, body: dict[str, bool] | None) -> None:
    path = {"client_id": registered(stage).client_id}
    assert stage.call(f"delegation.{action}", body, token=official(stage).token, path=path).code == "duty_missing"
