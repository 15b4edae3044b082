"""Every event sample is what its door takes: each is run through the real handler."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from expertgate.caller import Allow, CallerKind, system
from expertgate.errors.base import ExpertGateError, InvalidInput
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import begin_session, gate_of, open_gate
from expertgate.settings import settings
from tests.stage import Stage
from tests.tree.house import Action, doors, routed

_TURNED_AWAY = {
    "login_required",
    "caller_kind_refused",
    "route_unknown",
    "malformed_body",
    "body_too_large",
    "idempotency_key_invalid",
    "invalid_input",
}
_FIRST_CHOICE = (Allow.PERSON, Allow.UNIT, Allow.OFFICIAL, Allow.SERVICE)


def _token(stage: Stage, allow: Allow) -> str | None:
    """Return the token of somebody the door lets in, None where it lets in strangers."""
    if Allow.STRANGER in allow:
        return None
    kind = next(CallerKind[str(one.name)] for one in _FIRST_CHOICE if one in allow)
    opening = Change(stage.world, system("sample"))
    open_gate(opening, "SAMPLE", kind)
    opening.commit(None)
    gate = gate_of("SAMPLE")
    assert gate is not None
    change = Change(stage.world, system("sample"))
    token = begin_session(change, gate)
    change.commit(None)
    return token


@pytest.fixture
def deployed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Give a stage with what a deployment makes beside the tables: the master key and the ring."""
    monkeypatch.setenv("MASTER_KEY", client("kms").create_key()["KeyMetadata"]["KeyId"])
    settings.cache_clear()
    stage.run("platform.prepare")
    yield stage
    settings.cache_clear()


def _sample(action: Action) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(action.event.read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("action", routed(), ids=str)
def test_a_sample_is_accepted_by_its_door(action: Action, stage: Stage) -> None:
    module, event = action.module(), _sample(action)
    token = _token(stage, module.app.allow)
    if token:
        event["headers"]["authorization"] = f"Bearer {token}"
    answer = module.handler(event, SimpleNamespace(aws_request_id="sample", function_name=str(action)))
    assert answer["statusCode"] < 500
    if answer["statusCode"] >= 400:
        assert json.loads(answer["body"])["code"] not in _TURNED_AWAY, answer["body"]


@pytest.mark.parametrize("action", routed(), ids=str)
def test_a_sample_asks_for_the_route_of_its_door(action: Action) -> None:
    event, app = _sample(action), action.module().app
    (route,) = app._static_routes + app._dynamic_routes
    assert event["routeKey"] == f"{route.method.upper()} {route.path.replace('<', '{').replace('>', '}')}"
    assert event["requestContext"]["http"]["path"] == event["rawPath"]


@pytest.mark.parametrize("action", [one for one in doors() if one not in routed()], ids=str)
def test_a_sample_of_a_task_is_understood(action: Action, deployed: Stage) -> None:
    try:
        action.module().handler(_sample(action), SimpleNamespace(aws_request_id="sample", function_name=str(action)))
    except InvalidInput:
        raise
    except ExpertGateError:
        return  # the world is empty: that there is no such case is an answer too
