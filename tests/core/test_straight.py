"""The straight way through a door hands over and answers what Powertools would: samples of every door, and what may be wrong with them."""

import copy
import functools
import json
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from expertgate.inbound.fields import Answer
from expertgate.inbound.http import STRANGER, _Event, door
from expertgate.inbound.straight import straight_way
from tests.stage import Stage, event_for
from tests.tree.house import Action, routed

IN_POWERTOOLS_WAY = {
    "catalogue.list_bureaus",
    "catalogue.list_catalogues",
    "catalogue.list_divisions",
    "catalogue.show_catalogue",
    "delegation.export_agent_grants",
    "delegation.issue_service_token",
    "delegation.show_ticket_keys",
}
BODIES = ("", "null", "[]", '"x"', "{", '{"a": 1}', "7", "{}")
KINDS = ("", "application/json; charset=utf-8", "application/jsonp", "text/plain", "application/x-www-form-urlencoded")


class _Seen(Exception):
    """What the action was called with."""


def _sample(action: Action) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(action.event.read_text("utf-8"))
    event["headers"].pop("authorization", None)
    return event


def _straight(app: Any, event: dict[str, Any]) -> dict[str, Any] | None:
    way = straight_way(app._route)
    return way.arguments(event, event["rawPath"], event["headers"]) if way else None


def _powertools(app: Any) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
    """Return what tells the arguments Powertools hands to a door's action, None where it refuses."""
    route, twin = app._route, door(allow=STRANGER)

    @functools.wraps(route.func)
    def action(**arguments: Any) -> None:
        raise _Seen(arguments)

    twin.route(route.path, method=[route.method])(action)
    refusals = list[Exception]()

    def refuse(exc: Exception) -> Response[str]:
        refusals.append(exc)
        return Response(500)

    twin.exception_handler(Exception)(refuse)

    def asked(event: dict[str, Any]) -> dict[str, Any] | None:
        refusals.clear()
        twin._here.event = _Event(event)
        twin.resolve(event, LambdaContext())
        (refused,) = refusals
        return refused.args[0] if isinstance(refused, _Seen) else None

    return asked


def _spoiled(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Tell what may be wrong or unusual about a request, one thing at a time."""
    if event.get("body", "").startswith("{"):
        sent = json.loads(event["body"])
        members = [{**sent, key: value} for key in sent for value in (None, [sent[key]], 7, "")]
        less = [{other: sent[other] for other in sent if other != key} for key in sent]
        yield from ({**event, "body": json.dumps(each)} for each in (*members, *less, {**sent, "more": 1}, [sent]))
    yield from ({**event, "body": body} for body in BODIES)
    yield from ({**event, "headers": {**event["headers"], "content-type": kind}} for kind in KINDS)
    for name, value in event["headers"].items():
        yield {**event, "headers": {**event["headers"], name: f"{value},{value}"}}
        yield {**event, "headers": {other: one for other, one in event["headers"].items() if other != name}}
    for name in ("size", "cursor", "state", "level", "due_by", "text"):
        for value in ("5", "5,6", "", "2026-03-02", "x" * 300):
            yield {**event, "queryStringParameters": {name: value}, "rawQueryString": f"{name}={value}"}


@pytest.mark.parametrize("action", routed(), ids=str)
def test_an_action_is_given_the_same(stage: Stage, action: Action) -> None:
    app, event = action.module().app, _sample(action)
    given, usual = _straight(app, event), _powertools(app)
    assert (given is None) == (str(action) in IN_POWERTOOLS_WAY)
    assert given is None or given == usual(event)
    for spoiled in _spoiled(event):
        given = _straight(app, copy.deepcopy(spoiled))
        assert given is None or given == usual(spoiled), spoiled


class Colour(StrEnum):
    """A word of a list."""

    RED = "red"


class Part(Answer):
    """A part of an answer."""

    day: date
    colour: Colour | None = None


class More(Part):
    """What has more than is promised."""

    secret: str = "secret"


class Whole(Answer):
    """An answer with all that answers have."""

    name: str
    parts: list[Part]
    share: float
    facts: dict[str, int]


@pytest.mark.parametrize(
    "whole",
    [
        Whole(name="外专\"'\\\u2028<", parts=[], share=0.1, facts={}),
        Whole(name="", parts=[Part(day=date(2026, 3, 2)), Part(day=date(1, 1, 1), colour=Colour.RED)], share=1e22, facts={"甲": 1}),
        Whole(name="x", parts=[More(day=date(2026, 3, 2))], share=-0.0, facts={}),
    ],
)
def test_an_answer_says_the_same(stage: Stage, whole: Whole) -> None:
    app = door(allow=STRANGER)

    @app.get("/v1/wholes", status_code=202)
    def show() -> Whole:
        return whole

    event = event_for(app, None, "203.0.113.7", {})
    straight = app.handler(event, LambdaContext())
    app.__dict__["_straight"] = None
    usual = app.handler(event, LambdaContext())
    assert json.loads(straight["body"]) == json.loads(usual["body"])
    assert "secret" not in straight["body"]
    assert {name: straight[name] for name in ("statusCode", "headers")} == {name: usual[name] for name in ("statusCode", "headers")}
