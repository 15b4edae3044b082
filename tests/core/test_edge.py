"""The edge that all doors share: language, bodies, repeats, sessions, and silence about what went wrong inside."""

import base64
import json
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from aws_lambda_powertools.utilities.typing import LambdaContext

from expertgate.caller import Caller, CallerKind
from expertgate.inbound.fields import Answer, Line, Request
from expertgate.inbound.http import PERSON, STRANGER, Door, door
from expertgate.inbound.observe import log
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import close_gate, end_session, gate_of, move_epoch, sessions_of, standing_of
from expertgate.settings import LIMITS
from tests.stage import Answered, Stage, event_for, session_for


class Note(Request):
    """A body."""

    text: Line
    day: int | None = None


class Noted(Answer):
    """An answer."""

    text: str


def _door(fails: Exception | None = None, *, writes: bool = False) -> Door:
    app = door(allow=PERSON | STRANGER)

    @app.post("/v1/notes", status_code=201)
    def note(body: Note) -> Noted:
        if fails:
            raise fails
        if writes:
            change = Change(app.world, app.caller)
            change.audit("note:written", subject="NOTE")
            return change.commit(Noted(text=body.text))
        return Noted(text=body.text)

    return app


def _ask(app: Door, body: object, **request: object) -> Answered:
    answered = app.handler(event_for(app, body, "203.0.113.7", dict(request)), None)  # type: ignore[arg-type]
    return Answered(answered["statusCode"], json.loads(answered["body"]), answered["headers"], answered["body"])


def test_a_repeated_key_is_answered_from_memory(stage: Stage) -> None:
    app = _door(writes=True)
    first = _ask(app, {"text": "好"}, key="abcdefgh")
    again = _ask(app, {"text": "好"}, key="abcdefgh")
    assert (first.status, first.json) == (again.status, again.json) == (201, {"text": "好"})
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_with_another_body_is_refused(stage: Stage) -> None:
    app = _door(writes=True)
    _ask(app, {"text": "好"}, key="abcdefgh")
    assert _ask(app, {"text": "不好"}, key="abcdefgh").code == "idempotency_key_reused"


@pytest.mark.parametrize("key", ["short", "x" * 65, "with space!"])
def test_a_key_of_another_form_is_refused(stage: Stage, key: str) -> None:
    assert _ask(_door(), {"text": "a"}, key=key).code == "idempotency_key_invalid"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("{", "malformed_body"),
        ('{"text": "\\ud800"}', "malformed_body"),
        ('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "malformed_body"),
        (json.dumps({"text": "x" * LIMITS.body_bytes}), "body_too_large"),
        (json.dumps({"text": "好" * (LIMITS.body_bytes // 3)}, ensure_ascii=False), "body_too_large"),
        ("[]", "invalid_input"),
        ('{"text": "a", "more": 1}', "invalid_input"),
        ("{}", "invalid_input"),
    ],
)
def test_a_bad_body_is_refused_by_name(stage: Stage, raw: str, code: str) -> None:
    assert _ask(_door(), None, raw=raw).code == code


def test_broken_fields_are_named_in_both_languages(stage: Stage) -> None:
    body = {"day": "Monday"}
    chinese, english = _ask(_door(), body), _ask(_door(), body, language="en-GB,en;q=0.9")
    assert chinese.broken == english.broken == {"text": "missing", "day": "whole_number"}
    assert chinese.json["title"] != english.json["title"]
    assert chinese.headers["Content-Language"] == "zh"


def test_an_unexpected_failure_tells_nothing_but_its_number(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    answered = _ask(_door(fails=ValueError("secret 13800138000")), {"text": "a"})
    assert (answered.status, answered.code) == (500, "internal_error")
    assert [line.message for line in caplog.records] == ["unexpected", "request"]
    assert "13800138000" not in answered.text + str([vars(line) for line in caplog.records])


@pytest.mark.parametrize("body", [{"text": "a"}, {}])
def test_every_answer_is_closed_to_browsers(stage: Stage, body: dict[str, str]) -> None:
    headers = _ask(_door(), body).headers
    policy = set(headers["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} == policy
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    kept = {name: headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Content-Type-Options")}
    assert kept == {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


def test_a_request_is_one_line_that_says_who(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    _ask(_door(), {})
    (line,) = [vars(record) for record in caplog.records if record.message == "request"]
    told = {name: line[name] for name in ("operation", "status", "caller_kind", "failure")}
    assert told == {"operation": "note", "status": 422, "caller_kind": "stranger", "failure": "invalid_input"}
    assert line["request_id"]
    assert len(line["client"]) == 16
    assert "203.0.113.7" not in str(line)


@pytest.mark.parametrize("failed", [None, (ValueError, ValueError("x"), None)])
def test_a_line_is_the_one_of_powertools(failed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
    extra = {"operation": "note", "status": 200, "failure": None, "account": "甲"}
    record = logging.getLogger("x").makeRecord("x", logging.INFO, "file.py", 7, "request", (), failed, "act", extra)
    (formatter,) = {each.formatter for each in log().handlers}
    assert type(formatter) is not LambdaPowertoolsFormatter
    usual = LambdaPowertoolsFormatter(service="expertgate", use_rfc3339=True, location=None)
    assert formatter is not None
    told = json.loads(formatter.format(record))
    assert told == json.loads(usual.format(record))
    # Lambda takes a line without such a time for INFO, whatever its level: a higher level of logs would silence the alarms.
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", told["timestamp"])


def test_a_session_lives_and_ends(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "A1")
    now = stage.clock.now()
    standing = standing_of(token, now)
    assert standing is not None
    assert [row.sk for row in sessions_of("A1", now)] == [f"SESSION#{standing.session_id}"]
    change = Change(stage.world, Caller(CallerKind.TASK, "t"))
    end_session(change, "A1", standing.session_id)
    change.commit(None)
    assert standing_of(token, now) is None


@pytest.mark.parametrize("lapse", [LIMITS.session_idle, LIMITS.session_absolute])
def test_a_session_ends_by_time(stage: Stage, lapse: int) -> None:
    token = session_for(stage, CallerKind.PERSON, "A1")
    assert standing_of(token, stage.clock.now() + timedelta(seconds=lapse)) is None


def test_use_keeps_a_session_alive_to_its_absolute_end(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "A1")
    began = stage.clock.now()
    alive = 0
    while standing_of(token, stage.clock.now()):
        alive += 1
        stage.clock.advance(minutes=20)
    assert stage.clock.now() - began == timedelta(seconds=LIMITS.session_absolute)
    assert alive == LIMITS.session_absolute // 1200


@pytest.mark.parametrize("token", ["", "x", "A1~S.secret", "A1.secret", "~.", "A1~S~T.x.y", "A1~S."])
def test_a_malformed_token_stands_for_nobody(stage: Stage, token: str) -> None:
    assert standing_of(token, stage.clock.now()) is None


def test_a_wrong_secret_stands_for_nobody(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "A1")
    assert standing_of(token[:-1] + ("a" if token[-1] != "a" else "b"), stage.clock.now()) is None


def test_a_moved_epoch_ends_all_but_one(stage: Stage) -> None:
    one, other = session_for(stage, CallerKind.PERSON, "A1"), session_for(stage, CallerKind.PERSON, "A1")
    now = stage.clock.now()
    kept = standing_of(one, now)
    gate = gate_of("A1")
    assert kept is not None
    assert gate is not None
    change = Change(stage.world, Caller(CallerKind.TASK, "t"))
    move_epoch(change, gate, keep_session=kept.session_id)
    change.commit(None)
    assert standing_of(one, now) is not None
    assert standing_of(other, now) is None


def test_a_closed_gate_lets_nobody_in(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "A1")
    gate = gate_of("A1")
    assert gate is not None
    change = Change(stage.world, Caller(CallerKind.TASK, "t"))
    close_gate(change, gate, closed=True)
    change.commit(None)
    assert standing_of(token, stage.clock.now()) is None


@pytest.mark.parametrize("body", [base64.b64encode(b".\xff\x1e"), b"no base64!"])
def test_a_body_that_is_no_text_is_refused(stage: Stage, body: bytes) -> None:
    app = _door()
    event = event_for(app, None, "203.0.113.7", {"raw": body.decode()}) | {"isBase64Encoded": True}
    answered = app.handler(event, LambdaContext())
    assert (answered["statusCode"], json.loads(answered["body"])["code"]) == (422, "malformed_body")


@pytest.mark.parametrize(
    "kind", ["text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"]
)
def test_a_body_that_calls_itself_something_else_is_refused(stage: Stage, kind: str) -> None:
    secret = json.dumps({"text": "Qk7mZrtw2Xb"})
    refused = _ask(_door(), None, raw=secret, headers={"content-type": kind})
    assert (refused.status, refused.code) == (422, "malformed_body")
    assert "application/json" in refused.json["title"]
    assert "Qk7mZrtw2Xb" not in refused.text


@pytest.mark.parametrize("kind", ["", "application/json", "Application/JSON; charset=utf-8"])
@pytest.mark.parametrize(("text", "status"), [("好", 201), ("", 422)])
def test_json_may_be_called_json_in_any_case(stage: Stage, kind: str, text: str, status: int) -> None:
    answered = _ask(_door(), None, raw=json.dumps({"text": text}), headers={"content-type": kind})
    assert (answered.status, answered.json.get("code")) == (status, None if status == 201 else "invalid_input")


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("", "zh"),
        ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.3, zh;q=0.8", "zh"),
        ("EN-us", "en"),
        ("fr", "zh"),
        ("*", "zh"),
        ("enq", "zh"),
        ("en;q=0", "zh"),
        ("en;q=much, ,;;", "zh"),
    ],
)
def test_who_reads_no_chinese_is_told_in_english(stage: Stage, accepted: str, told: str) -> None:
    refused = _ask(_door(), {}, headers={"accept-language": accepted})
    assert refused.headers["Content-Language"] == told
