"""The machine's own pages and their twins in JSON."""

import pytest

from tests.local.running import Running


@pytest.mark.parametrize("path", ["/", "/_local/sms", "/_local/executions", "/_local/schedules", "/_local/clock"])
def test_page_is_html_of_our_own(running: Running, path: str) -> None:
    answer = running.call("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"http://" not in answer.body.replace(f"http://127.0.0.1:{running.port}".encode(), b"")


def test_inbox_narrows_to_one_number(running: Running) -> None:
    for number in ("+8613900000001", "+8613900000002"):
        running.call("POST", "/v1/things", {"rows": [{"pk": "sms", "sk": number}], "sms": number})
    found = running.call("GET", "/_local/sms?format=json&to=13900000001").json
    assert [each["text"] for each in found] == ["您的验证码是 123456"]


def test_reference_document_has_the_doors(running: Running) -> None:
    document = running.call("GET", "/openapi.json").json
    assert "/v1/things/mine" in document["paths"]


def test_reference_page_serves_only_its_own_files(running: Running) -> None:
    assert running.call("GET", "/docs").status == 200
    assert running.call("GET", "/docs/..%2f..%2fpackage.json").status == 404
