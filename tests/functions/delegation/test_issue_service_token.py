"""Client credentials for tokens (RFC 6749, 4.4; DEL-12)."""

import base64
import importlib
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from tests.builders.services import System, registered
from tests.stage import Answered, Stage, event_for

FORM = {"content-type": "application/x-www-form-urlencoded"}


def _ask(stage: Stage, headers: dict[str, str] | None = None, /, **form: str) -> Answered:
    body = urlencode({"grant_type": "client_credentials", **form})
    return stage.call("delegation.issue_service_token", raw=body, headers=FORM | (headers or {}))


def _as_oauth(answered: Answered) -> tuple[int, str, str]:
    """Return status, error and description; the answer must be the plain JSON that clients of OAuth read (RFC 6749, 5.2)."""
    kind = answered.headers.get("Content-Type") or answered.headers["content-type"]
    assert (kind, answered.headers["Cache-Control"]) == ("application/json", "no-store")
    assert answered.json["error_description"].isascii()
    return answered.status, answered.json["error"], answered.json["error_description"]


@pytest.fixture
def system(stage: Stage) -> System:
    """Give a registered system."""
    return registered(stage)


def test_a_token_is_what_the_standard_says(stage: Stage, system: System) -> None:
    answered = _ask(stage, client_id=system.client_id, client_secret=system.secret)
    assert (answered.status, answered.headers["Cache-Control"]) == (200, "no-store")
    assert {name: answered.json[name] for name in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 1800,
        "scope": "authority:check tickets:redeem",
    }


def test_credentials_may_come_by_http_basic(stage: Stage, system: System) -> None:
    basic = base64.b64encode(f"{system.client_id}:{system.secret}".encode()).decode()
    assert _ask(stage, {"authorization": f"Basic {basic}"}).status == 200
    assert _ask(stage, {"authorization": "Basic ***"}).code == "client_refused"


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 43])
def test_a_wrong_secret_and_nobody_answer_alike(stage: Stage, system: System, secret: str) -> None:
    answers = [_ask(stage, client_id=one, client_secret=secret) for one in (system.client_id, "nobody")]
    assert {(one.status, one.code, one.json["error"]) for one in answers} == {(401, "client_refused", "invalid_client")}


def test_less_can_be_asked_but_not_more(stage: Stage, system: System) -> None:
    shown = {"client_id": system.client_id, "client_secret": system.secret}
    assert _ask(stage, None, **shown, scope="authority:check").json["scope"] == "authority:check"
    wider = _ask(stage, None, **shown, scope="authority:check everything")
    assert _as_oauth(wider) == (400, "invalid_scope", "This service client was not given the scope everything.")


def test_other_grant_types_are_refused(stage: Stage, system: System) -> None:
    answered = _ask(stage, client_id=system.client_id, client_secret=system.secret, grant_type="password")
    assert _as_oauth(answered) == (400, "unsupported_grant_type", "Only client_credentials is supported.")


@pytest.mark.parametrize(
    "form",
    [
        "client_id=x&client_secret=y",
        f"grant_type={'x' * 101}&client_id=x&client_secret=y",
        "no form at all",
        "",
    ],
)
def test_a_request_that_is_no_token_request_is_refused(stage: Stage, form: str) -> None:
    answered = stage.call("delegation.issue_service_token", raw=form, headers=FORM)
    assert _as_oauth(answered)[:2] == (400, "invalid_request")


def test_credentials_are_shown_in_one_way_only(stage: Stage, system: System) -> None:
    basic = base64.b64encode(f"{system.client_id}:{system.secret}".encode()).decode()
    twice = _ask(stage, {"authorization": f"Basic {basic}"}, client_id=system.client_id, client_secret=system.secret)
    assert _as_oauth(twice)[:2] == (400, "invalid_request")


def test_an_unknown_client_is_told_how_to_show_itself(stage: Stage) -> None:
    answered = _ask(stage, client_id="nobody", client_secret="wrong")
    assert _as_oauth(answered)[:2] == (401, "invalid_client")
    assert answered.headers["WWW-Authenticate"].startswith("Basic ")


def test_a_scope_is_repeated_in_plain_ascii(stage: Stage, system: System) -> None:
    shown = {"client_id": system.client_id, "client_secret": system.secret}
    wider = _ask(stage, None, **shown, scope='所有"a\\ll"')
    assert _as_oauth(wider) == (400, "invalid_scope", "This service client was not given the scope all.")


def test_a_token_ends_after_half_an_hour(stage: Stage, system: System) -> None:
    question = {"agent_id": "0" * 26, "unit_id": "1" * 26, "service": "fepms"}
    stage.clock.advance(minutes=30)
    assert stage.call("delegation.check_authority", question, token=system.token).code == "login_required"


def test_a_form_may_arrive_in_base64(stage: Stage, system: System) -> None:
    form = urlencode({"grant_type": "client_credentials", "client_id": system.client_id, "client_secret": system.secret})
    module = importlib.import_module("functions.delegation.issue_service_token")
    event = event_for(module.app, None, "203.0.113.7", {"headers": FORM, "raw": base64.b64encode(form.encode()).decode()})
    answered = module.handler(event | {"isBase64Encoded": True}, SimpleNamespace(aws_request_id="test", function_name="test"))
    assert answered["statusCode"] == 200


def test_a_token_is_repeated_to_its_client_only(stage: Stage, system: System) -> None:
    basic = base64.b64encode(f"{system.client_id}:{system.secret}".encode()).decode()
    key = {"idempotency-key": "token-2026-03-02"}
    given = _ask(stage, key | {"authorization": f"Basic {basic}"})
    assert _ask(stage, key | {"authorization": f"Basic {basic}"}).json == given.json
    assert [_ask(stage, key | more).code for more in ({}, {"authorization": "Basic eDp5"})] == ["client_refused"] * 2


def test_credentials_that_come_as_json_are_refused(stage: Stage, system: System) -> None:
    shown = {"grant_type": "client_credentials", "client_id": system.client_id, "client_secret": system.secret}
    assert _as_oauth(stage.call("delegation.issue_service_token", shown))[:2] == (400, "invalid_request")
