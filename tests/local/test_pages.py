"""The machine's own pages and their twins in JSON."""

import json
import os
from pathlib import Path

import pytest

from expertgate.outbound.signed import sign
from infra.local.clock import LocalClock
from infra.local.face import CALL_BACK, FacePhone
from infra.local.messages import Request, Response, json_response
from infra.local.reference import Reference
from infra.local.state import State
from infra.local.template import load
from tests.local.running import SAMPLE, Running


@pytest.mark.parametrize("path", ["/", "/_local/sms", "/_local/email", "/_local/executions", "/_local/schedules", "/_local/clock"])
def test_page_is_html_of_our_own(running: Running, path: str) -> None:
    answer = running.call("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"http://" not in answer.body.replace(f"http://127.0.0.1:{running.port}".encode(), b"")


def test_inbox_narrows_to_one_number(running: Running) -> None:
    for number in ("+8613900000001", "+8613900000002"):
        running.call("POST", "/v1/things", {"rows": [{"pk": "sms", "sk": number}], "sms": number})
    found = running.call("GET", "/_local/sms?format=json&to=13900000001").json
    assert [each["text"] for each in found] == ["您的验证码是 123456"]


def test_letters_are_kept_and_narrow_to_an_address(running: Running) -> None:
    for address in ("wang@example.org", "li@example.org"):
        running.call("POST", "/v1/things", {"rows": [{"pk": "email", "sk": address}], "email": address})
    found = running.call("GET", "/_local/email?format=json&to=li@example.org").json
    assert [(each["subject"], each["text"]) for each in found] == [("通知", "您的验证码是 654321")]


def test_reference_document_has_the_doors(running: Running) -> None:
    document = running.call("GET", "/openapi.json").json
    assert "/v1/things/mine" in document["paths"]


@pytest.mark.parametrize(
    "name", ["functions/area/door.py", "layers/common/house/rules.py", "layers/common/house/words/area.json", "events/area/door.json"]
)
def test_reference_is_made_anew_after_a_change(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    reference = Reference(load(SAMPLE), tmp_path, tmp_path, State(tmp_path / "state"))
    marks = {reference._mark()}
    for text in ("first", "second"):
        file.write_text(text)
        os.utime(file, ns=(0, len(marks)))
        marks.add(reference._mark())
        assert reference._mark() in marks
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [("/docs", 200), ("/docs/swagger-ui.css", 200), ("/docs/package.json", 404), ("/docs/../package.json", 404), ("/docs/other.css", 404)],
)
def test_reference_page_serves_only_its_own_files(tmp_path: Path, path: str, status: int) -> None:
    assets = tmp_path / "node_modules" / "swagger-ui-dist"
    assets.mkdir(parents=True)
    for name in ("swagger-ui.css", "package.json"):
        (assets / name).write_text("content")
    reference = Reference(load(SAMPLE), SAMPLE.parent, tmp_path, State(tmp_path / "state"))
    assert reference.page(Request("GET", path, "", (), b"", "127.0.0.1")).status == status


def pressed(tmp_path: Path, outcome: str, sent: list[Request]) -> Response:
    def api(request: Request) -> Response:
        sent.append(request)
        return json_response({"status": outcome})

    phone = FacePhone(LocalClock(State(tmp_path)), "shared secret", api)
    return phone(Request("POST", "/_local/face/check1", "state=s1", (), f"outcome={outcome}".encode(), "127.0.0.1"))


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_face_result_is_signed_as_the_provider_signs(tmp_path: Path, outcome: str) -> None:
    sent: list[Request] = []
    assert pressed(tmp_path, outcome, sent).status == 200
    request = sent[0]
    body = request.body.decode()
    time, nonce = request.header("x-provider-time"), request.header("x-provider-nonce")
    assert (request.method, request.path) == ("POST", CALL_BACK)
    assert json.loads(body) == {"check": "check1", "state": "s1", "outcome": outcome}
    assert request.header("x-provider-signature") == sign("shared secret", f"POST {CALL_BACK}", time, nonce, body)


def test_face_page_knows_two_outcomes_only(tmp_path: Path) -> None:
    sent: list[Request] = []
    assert pressed(tmp_path, "maybe", sent).status == 400
    assert not sent
