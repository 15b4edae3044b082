"""Bad input at every door of accounts, recovery, identity, notices, evidence: named in Chinese and English, nothing written.

Made from the event samples: each field of a body is left out, replaced by other types, emptied, made far too long; a field nobody knows is
added. What a field itself may hold (a check digit, a password's classes) is shown by the tests of its door.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from expertgate.caller import Allow, CallerKind
from expertgate.forms.names import has_han
from expertgate.outbound.aws import client
from infra.reference.document import plain
from tests.stage import Answered, Stage, session_for
from tests.tree.house import Action, routed

AREAS = ("account", "recovery", "identity", "notice", "evidence")
# The provider's call-back answers everything it does not believe alike: tests/functions/identity/test_receive_face_result.py.
DOORS = [action for action in routed() if action.area in AREAS and action.name != "receive_face_result"]
_KINDS = {Allow.PERSON: CallerKind.PERSON, Allow.UNIT: CallerKind.UNIT, Allow.OFFICIAL: CallerKind.OFFICIAL}
_FAR_TOO_LONG = "x" * 5000
_NEVER: dict[type, tuple[object, ...]] = {
    str: ("", _FAR_TOO_LONG, [], {}, [1]),
    int: ("x", [], {}),
    bool: ("x", [], {}),
    list: (7, "x", {}),
    dict: (7, "x", [], [1]),
}

type Where = tuple[str, ...]


@dataclass(frozen=True)
class Knock:
    """How a door is knocked at with a body that is wrong at one place."""

    stage: Stage
    action: Action
    token: str | None
    request: dict[str, Any]

    def __call__(self, body: object, language: str = "zh-CN", **other: Any) -> Answered:
        """Send it."""
        return self.stage.call(str(self.action), body, token=self.token, language=language, **{**self.request, **other})


def _sample(action: Action) -> dict[str, Any]:
    sample: dict[str, Any] = json.loads(action.event.read_text("utf-8"))
    return sample


def _body(action: Action) -> dict[str, Any]:
    sample = _sample(action)
    is_json = "json" in sample["headers"].get("content-type", "")
    body: dict[str, Any] = json.loads(sample.get("body") or "{}") if is_json else {}
    return body


def _knock(stage: Stage, action: Action) -> Knock:
    sample, allow = _sample(action), action.module().app.allow
    token = None
    if Allow.STRANGER not in allow:
        kind = next(kind for one, kind in _KINDS.items() if one in allow)
        token = session_for(stage, kind, f"WRONG{kind}", duties=frozenset({"operator", "administrator"}))
    headers = {name: value for name, value in sample["headers"].items() if name == "recovery-ticket"}
    request = {"path": sample.get("pathParameters") or {}, "query": sample.get("queryStringParameters") or {}, "headers": headers}
    return Knock(stage, action, token, request)


def _places(value: object, path: Where = ()) -> Iterator[tuple[Where, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name), inner
            yield from _places(inner, (*path, name))


def _with(body: dict[str, Any], path: Where, value: object) -> dict[str, Any]:
    changed = inner = copy.deepcopy(body)
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return changed


def _without(body: dict[str, Any], path: Where) -> dict[str, Any]:
    changed = inner = copy.deepcopy(body)
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return changed


def _everything() -> dict[str, list[str]]:
    """Return all rows of all tables as they are now."""
    dynamodb = client("dynamodb")
    names = dynamodb.list_tables()["TableNames"]
    return {name: sorted(json.dumps(row, sort_keys=True, default=str) for row in dynamodb.scan(TableName=name)["Items"]) for name in names}


def _faults(knock: Knock, body: object, place: str) -> list[str]:
    """Return what is wrong with the answers, in both languages, to a body that is wrong at a place."""
    answers = {language: knock(body, language) for language in ("zh-CN", "en")}
    return [f"{language} {place}: {fault}" for language, answered in answers.items() for fault in _faults_of(answered, place, language)]


def _faults_of(answered: Answered, place: str, language: str) -> Iterator[str]:
    if answered.status != 422:
        yield f"status {answered.status}"
        return
    if answered.headers.get("Content-Type") != "application/problem+json":
        yield "no problem document"
    named = [one for one in answered.json.get("errors", []) if one["field"] == place or one["field"].startswith(f"{place}.")]
    if not named:
        yield f"names {[one['field'] for one in answered.json.get('errors', [])]}"
    for said in [answered.json["title"], *(one["message"] for one in named)]:
        if has_han(said) is (language == "en"):
            yield f"says {said}"


@pytest.mark.parametrize("action", [one for one in DOORS if _body(one)], ids=str)
def test_a_wrong_body_is_named_and_writes_nothing(action: Action, stage: Stage) -> None:
    knock, body = _knock(stage, action), _body(action)
    before = _everything()
    faults = _faults(knock, body | {"nobody_knows_this": 1}, "nobody_knows_this")
    for path, value in _places(body):
        for wrong in _NEVER[type(value)]:
            faults += _faults(knock, _with(body, path, wrong), ".".join(path))
    assert faults == []
    assert _everything() == before


@pytest.mark.parametrize("action", [one for one in DOORS if _body(one)], ids=str)
def test_a_missing_field_is_named_and_writes_nothing(action: Action, stage: Stage) -> None:
    knock, body = _knock(stage, action), _body(action)
    needed = _needed(action)
    assert needed <= {path[0] for path, _ in _places(body)}
    before = _everything()
    assert [fault for name in sorted(needed) for fault in _faults(knock, _without(body, (name,)), name)] == []
    for raw in ("", "{", "[]", "null", '"x"', "7", '{"a": "\\ud800"}'):
        answered = knock(None, raw=raw)
        assert (answered.status, answered.headers.get("Content-Type")) == (422, "application/problem+json"), raw
    assert _everything() == before


def _needed(action: Action) -> set[str]:
    """Return the fields a door's body must have, by the door's own schema."""
    schema = plain(action.module())
    (operations,) = schema["paths"].values()
    (operation,) = operations.values()
    (content,) = operation["requestBody"]["content"].values()
    reference = str(content["schema"]["$ref"]).rpartition("/")[2]
    return set(schema["components"]["schemas"][reference].get("required", []))


def _with_queries() -> list[Action]:
    return [one for one in DOORS if _sample(one).get("queryStringParameters")]


@pytest.mark.parametrize("action", _with_queries(), ids=str)
def test_a_wrong_query_is_named_and_writes_nothing(action: Action, stage: Stage) -> None:
    knock, body = _knock(stage, action), _body(action) or None
    before, faults = _everything(), []
    for name in knock.request["query"]:
        for language in ("zh-CN", "en"):
            answered = knock(body, language, query={name: _FAR_TOO_LONG})
            faults += [f"{name}: {fault}" for fault in _faults_of(answered, name, language)]
    assert faults == []
    assert _everything() == before


@pytest.mark.parametrize("action", [one for one in DOORS if one.area == "recovery" and one.name != "start_recovery"], ids=str)
def test_a_missing_ticket_is_named_and_writes_nothing(action: Action, stage: Stage) -> None:
    knock, before = _knock(stage, action), _everything()
    for headers in ({}, {"recovery-ticket": "short"}, {"recovery-ticket": "x" * 65}):
        for language in ("zh-CN", "en"):
            answered = knock(_body(action) or None, language, headers=headers)
            assert list(_faults_of(answered, "recovery-ticket", language)) == []
    assert _everything() == before
