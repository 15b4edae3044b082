"""A form for one file: bound to key, type, size and a short time."""

import base64
import json
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.evidence.store import find
from expertgate.settings import LIMITS
from tests.builders.evidence import asked
from tests.stage import Stage, session_for


def policy_of(upload: dict[str, Any]) -> list[Any]:
    conditions: list[Any] = json.loads(base64.b64decode(upload["upload"]["fields"]["policy"]))["conditions"]
    return conditions


def test_the_form_takes_one_small_file_of_one_type(stage: Stage) -> None:
    upload = asked(stage, session_for(stage, CallerKind.UNIT, "U1"))
    conditions = policy_of(upload)
    assert {"key": f"uploads/{upload['id']}"} in conditions
    assert {"Content-Type": "image/jpeg"} in conditions
    assert ["content-length-range", 1, 10 * 1024 * 1024] in conditions
    assert upload["upload"]["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert upload["expires"] == "2026-03-02T01:10:00.000Z"
    assert upload["formats"] == ["image/jpeg", "image/png"]


@pytest.mark.parametrize(("purpose", "media_type"), [("bank_page", "application/pdf"), ("stamped_application", "image/png")])
def test_a_type_without_use_is_refused(stage: Stage, purpose: str, media_type: str) -> None:
    body = {"purpose": purpose, "file_name": "a", "media_type": media_type}
    answer = stage.call("evidence.request_upload", body, token=session_for(stage, CallerKind.PERSON, "P1"))
    assert answer.broken == {"media_type": "pdf_format" if purpose == "stamped_application" else "picture_format"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"purpose": "selfie"}, "purpose"), ({"media_type": "image/svg+xml"}, "media_type"), ({"file_name": "a\u0000b"}, "file_name")],
)
def test_a_wrong_field_is_named(stage: Stage, changed: dict[str, str], field: str) -> None:
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"} | changed
    answer = stage.call("evidence.request_upload", body, token=session_for(stage, CallerKind.PERSON, "P1"))
    assert answer.status == 422
    assert answer.code == "malformed_body" or set(answer.broken) == {field}


def test_only_the_name_is_kept_and_sealed(stage: Stage) -> None:
    body = {"purpose": "bank_page", "file_name": "C:\\李雷\\开户许可.jpg", "media_type": "image/jpeg"}
    upload = stage.call("evidence.request_upload", body, token=session_for(stage, CallerKind.PERSON, "P1")).json
    row = find(upload["id"])
    assert row is not None
    assert row.unseal(stage.world.keys) == {"file_name": "开户许可.jpg"}
    assert "开户许可" not in repr(row.serialize())


def test_a_repeated_request_gets_the_same_form(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "P1")
    assert asked(stage, token, key="upload-key-1") == asked(stage, token, key="upload-key-1")


def test_uploads_of_an_account_are_limited(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "P1")
    for _ in range(LIMITS.uploads_an_hour):
        asked(stage, token)
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"}
    assert stage.call("evidence.request_upload", body, token=token).code == "too_many_requests"


def test_a_stranger_gets_no_form(stage: Stage) -> None:
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"}
    assert stage.call("evidence.request_upload", body).code == "login_required"
