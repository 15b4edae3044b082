"""Every route with every kind of caller: let in, or turned away with the right words."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.access.callers import Visitor, visitors
from tests.access.matrix import ADMITS, DUTIES
from tests.stage import Stage
from tests.tree.house import Action, routed

_TURNED_AWAY = {"login_required", "caller_kind_refused", "duty_missing"}
_NAMES = [
    "stranger",
    "person",
    "unit",
    "agent with a grant",
    "agent without a grant",
    "official of the bureau",
    "official of another bureau",
    "operator",
    "administrator",
    "service",
    "ended session",
    "suspended account",
]


def _expected(action: str, visitor: Visitor) -> str:
    """Return how the matrix says that this caller is received."""
    if visitor.barred or (visitor.letter == "S" and "S" not in ADMITS[action]):
        return "login_required"
    if visitor.letter not in ADMITS[action]:
        return "caller_kind_refused"
    wanted = DUTIES.get(action)
    return "duty_missing" if wanted and visitor.letter == "O" and visitor.duty not in wanted else "let in"


def _received(action: Action, visitor: Visitor, number: int) -> str:
    """Send the door's own sample as this caller and return how he was received."""
    event: dict[str, Any] = json.loads(action.event.read_text("utf-8"))
    event["headers"].pop("authorization", None)
    if token := visitor.token():
        event["headers"]["authorization"] = f"Bearer {token}"
    event["requestContext"]["http"]["sourceIp"] = f"198.51.100.{number % 250}"
    answer = action.module().handler(event, SimpleNamespace(aws_request_id="matrix", function_name=str(action)))
    code = json.loads(answer["body"]).get("code") if answer["statusCode"] >= 400 else None
    assert answer["statusCode"] < 500, f"{action}: {answer['body']}"
    return str(code) if code in _TURNED_AWAY else "let in"


def test_every_route_has_its_row() -> None:
    assert sorted({str(action) for action in routed()} ^ set(ADMITS)) == []
    assert sorted(set(DUTIES) - set(ADMITS)) == []


def test_every_caller_is_tried(stage: Stage) -> None:
    assert list(visitors(stage)) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_a_caller_is_received_as_the_matrix_says(stage: Stage, name: str) -> None:
    visitor = visitors(stage)[name]
    known = [action for action in routed() if str(action) in ADMITS]
    received = {str(action): _received(action, visitor, number) for number, action in enumerate(known)}
    assert received == {str(action): _expected(str(action), visitor) for action in known}
