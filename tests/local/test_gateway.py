"""The HTTP API: events as API Gateway makes them, routes, limits, CORS."""

import base64
import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from infra.local.events import event_of, response_of
from infra.local.gateway import Gateway
from infra.local.messages import Request
from infra.local.template import load
from tests.local.running import SAMPLE, Running, send

RECORDED = json.loads((Path(__file__).parent / "api_gateway_v2_event.json").read_text(encoding="utf-8"))


class Echo:
    """Functions that answer with who was called and how."""

    def invoke(self, logical_id: str, event: Any) -> Any:
        return {"called": logical_id, "event": event}

    def stop(self) -> None:
        pass


def asked(method: str, target: str, *, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()) -> Request:
    path, _, query = target.partition("?")
    return Request(method, path, query, (("Host", "127.0.0.1:8000"), *headers), body, "203.0.113.7")


def routed(request: Request) -> Any:
    return json.loads(Gateway(load(SAMPLE), Echo())(request).body)


def types_of(value: Any) -> Any:
    return {key: types_of(each) for key, each in value.items()} if isinstance(value, dict) else type(value).__name__


def test_event_has_the_shape_of_a_recorded_one() -> None:
    lines = ("Header1: value1", "Header1: value2", "User-Agent: agent", "Cookie: cookie1=a; cookie2=b", "Content-Type: application/json")
    headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
    request = asked("POST", "/v1/things/7?parameter1=value1&parameter1=value2&parameter2=value", body=b"{}", headers=headers)
    event = event_of(request, "POST /v1/things/{id}", {"id": "7"})
    assert event.keys() == RECORDED.keys()
    assert types_of(event["requestContext"]) == types_of(RECORDED["requestContext"])
    assert event["headers"]["header1"] == RECORDED["headers"]["header1"] == "value1,value2"
    assert event["queryStringParameters"] == RECORDED["queryStringParameters"]
    assert event["cookies"] == RECORDED["cookies"]
    assert event["requestContext"]["http"]["sourceIp"] == "203.0.113.7"


def test_parts_without_content_are_left_out() -> None:
    event = event_of(asked("GET", "/v1/things/mine"), "GET /v1/things/mine", {})
    assert not {"body", "cookies", "queryStringParameters", "pathParameters"} & event.keys()


def test_picture_comes_in_base64() -> None:
    picture = bytes(range(256))
    event = event_of(asked("POST", "/v1/things", body=picture, headers=(("Content-Type", "image/png"),)), "POST /v1/things", {})
    assert event["isBase64Encoded"]
    assert base64.b64decode(event["body"]) == picture


@pytest.mark.parametrize(
    ("method", "path", "function", "parameters"),
    [
        ("GET", "/v1/things/mine", "GET /v1/things/mine", None),
        ("GET", "/v1/things/a%20b", "GET /v1/things/{id}", {"id": "a b"}),
        ("PUT", "/v1/files/deep/down.txt", "ANY /v1/files/{path+}", {"path": "deep/down.txt"}),
        ("POST", "/v1/reviews/7/decision", "POST /v1/reviews/{id}/decision", {"id": "7"}),
    ],
)
def test_most_specific_route_is_taken(method: str, path: str, function: str, parameters: dict[str, str] | None) -> None:
    event = routed(asked(method, path))["event"]
    assert event["routeKey"] == function
    assert event.get("pathParameters") == parameters


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nothing"), ("DELETE", "/v1/things/7"), ("GET", "/v1/things/7/more")])
def test_unknown_route_is_not_found(method: str, path: str) -> None:
    assert routed(asked(method, path)) == {"message": "Not Found"}


def test_preflight_is_answered_for_allowed_origins_only() -> None:
    gateway = Gateway(load(SAMPLE), Echo())
    headers = (("Access-Control-Request-Method", "POST"),)
    allowed = gateway(asked("OPTIONS", "/v1/things", headers=(*headers, ("Origin", "https://www.example.cn"))))
    foreign = gateway(asked("OPTIONS", "/v1/things", headers=(*headers, ("Origin", "https://elsewhere.cn"))))
    assert dict(allowed.headers)["access-control-allow-methods"] == "GET,POST"
    assert not foreign.headers


def test_answer_without_status_is_json() -> None:
    answer = response_of({"a": 1})
    assert (answer.status, answer.body) == (200, b'{"a": 1}')


def test_cookies_and_status_reach_the_client(running: Running) -> None:
    answer = running.call("POST", "/v1/things", {"rows": [{"pk": "cookie", "sk": "-"}]})
    assert (answer.status, answer.headers["content-type"]) == (201, "application/json")
    assert "set-cookie" in answer.headers


def test_failing_function_answers_500_without_its_text(running: Running) -> None:
    answer = running.call("POST", "/v1/things", {"fail": True})
    assert (answer.status, answer.json) == (500, {"message": "Internal Server Error"})


def test_body_over_ten_megabytes_is_refused(running: Running) -> None:
    answer = running.call("POST", "/v1/things", b"", content_length=str(10 * 1024 * 1024 + 1))
    assert answer.status == 413


def test_request_for_another_host_is_refused(running: Running) -> None:
    assert running.call("GET", "/v1/things/mine", host="evil.example").status == 421


def test_requests_with_unknown_length_are_read(running: Running) -> None:
    parts = (b'{"rows":[{"pk":"chu', b'nked","sk":"-"}', b"]}", b"")
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    answer = send(f"127.0.0.1:{running.port}", "POST", "/v1/things", body, {"transfer-encoding": "chunked"})
    assert answer.status == 201
    assert running.row("chunked")["sk"] == "-"


def said(running: Running, *parts: bytes) -> bytes:
    """Return all that comes for these bytes until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", running.port), 10) as line:
        for part in parts:
            line.sendall(part)
            time.sleep(0.01)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_several_requests_share_one_connection(running: Running) -> None:
    one = b"GET /v1/nothing HTTP/1.1\r\nhost: 127.0.0.1\r\n"
    answered = said(running, one + b"\r\n" + one[:20], one[20:] + b"connection: close\r\n\r\n")
    assert answered.count(b"HTTP/1.1 404 Not Found\r\n") == 2


def test_a_body_is_invited_where_asked(running: Running) -> None:
    head = b"POST /v1/nothing HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\nconnection: close\r\ncontent-length: 2\r\n\r\n"
    assert said(running, head, b"{}").startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 ")


@pytest.mark.parametrize(
    "broken",
    [
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\n folded\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n-2\r\n",
        b"GET /" + b"a" * 70000,
    ],
)
def test_what_is_no_http_is_refused(running: Running, broken: bytes) -> None:
    assert said(running, broken).startswith(b"HTTP/1.1 400 Bad Request\r\n")
