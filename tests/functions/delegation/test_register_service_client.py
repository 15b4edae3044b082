"""Only an administrator gives a downstream system credentials (DEL-12)."""

from expertgate.caller import CallerKind
from expertgate.delegation.clients import ClientRow
from tests.builders.grants import unit
from tests.builders.services import administrator
from tests.stage import Stage, session_for

BODY = {"name": "外国专家项目管理信息系统", "services": ["fepms"], "scopes": ["authority:check"]}


def test_a_secret_is_shown_once_and_kept_hashed(stage: Stage) -> None:
    made = stage.call("delegation.register_service_client", BODY, token=administrator(stage))
    assert made.status == 201
    row = ClientRow.find("CLIENTS", made.json["client_id"])
    assert row is not None
    assert made.json["client_secret"] not in str(row.serialize())


def test_other_officials_and_units_may_not(stage: Stage) -> None:
    reviewer = session_for(stage, CallerKind.OFFICIAL, "OFFICIAL2", duties=frozenset({"reviewer"}))
    assert stage.call("delegation.register_service_client", BODY, token=reviewer).code == "duty_missing"
    assert stage.call("delegation.register_service_client", BODY, token=unit(stage).token).code == "caller_kind_refused"


def test_unknown_services_and_scopes_are_refused(stage: Stage) -> None:
    token = administrator(stage)
    wrong_service = stage.call("delegation.register_service_client", BODY | {"services": ["casino"]}, token=token)
    assert wrong_service.broken == {"services.0": "service_unknown"}
    wrong_scope = stage.call("delegation.register_service_client", BODY | {"scopes": ["everything"]}, token=token)
    assert wrong_scope.broken == {"scopes.0": "not_in_list"}
