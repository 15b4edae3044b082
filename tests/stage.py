"""The stage of a test: real tables, real doors, a clock that stands still, and what was said to whom."""

import importlib
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from moto import mock_aws
from moto.core.models import RESPONSES_METHODS, botocore_stubber

from expertgate.caller import Caller, CallerKind
from expertgate.effects import EFFECTS
from expertgate.outbound.aws import client, forget_clients
from expertgate.outbound.change import Change
from expertgate.outbound.codes import SystemCodes
from expertgate.outbound.keys import Keys, Ring
from expertgate.outbound.sessions import begin_session, gate_of, open_gate
from expertgate.outbound.world import World
from infra.local.facts import Template
from tests import spending
from tests.engines import empty_tables
from tests.permissions import watch_clients, watched
from tests.refusals import demand_listed
from tests.spending import counted

# What moto listens to when somebody asks AWS by `requests`, which nobody here does: a thousand patterns made anew for each test.
RESPONSES_METHODS.clear()

MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a working day
RING = Ring(roots={"00000001": bytes(range(32))}, current="00000001", index_root="00000001")


class FakeClock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        """Begin on a Monday morning."""
        self._now = now

    def now(self) -> datetime:
        """Return the instant it was left at."""
        return self._now

    def advance(self, **by: float) -> None:
        """Let time pass (keywords of timedelta)."""
        self._now += timedelta(**by)

    def set(self, now: datetime) -> None:
        """Jump to an instant."""
        self._now = now


@dataclass(frozen=True)
class Answered:
    """What a door answered."""

    status: int
    json: Any
    headers: dict[str, str]
    text: str

    @property
    def code(self) -> str:
        """Return the machine code of a problem."""
        return str(self.json["code"])

    @property
    def broken(self) -> dict[str, str]:
        """Return field -> rule of a refused form."""
        return {one["field"]: one["rule"] for one in self.json.get("errors", [])}


@dataclass
class Stage:
    """One empty world and the hands to act in it."""

    world: World
    clock: FakeClock
    address: str = "203.0.113.7"
    plays: dict[str, Any] = field(default_factory=dict)

    def call(self, action: str, body: object = None, **request: Any) -> Answered:
        """Call a door (`area.action`) with an event of API Gateway: token=, path=, query=, key=, language=, headers=, address=, raw=."""
        module = importlib.import_module(f"functions.{action}")
        event = event_for(module.app, body, self.address, request)
        with watched(action), counted(action) as spent:
            answered = module.handler(event, SimpleNamespace(aws_request_id="test", function_name=action))
            spent.status = answered["statusCode"]
        text = answered.get("body") or ""
        is_json = "json" in str(answered["headers"].get("Content-Type", answered["headers"].get("content-type", "")))
        told = Answered(answered["statusCode"], json.loads(text) if is_json and text else None, answered["headers"], text)
        demand_listed(action, module, told.status, told.json)
        return told

    def run(self, action: str, event: dict[str, Any] | None = None) -> Any:
        """Run a task (`area.action`): a workflow step, a schedule, a batch of a stream."""
        module = importlib.import_module(f"functions.{action}")
        with watched(action), counted(action):
            return module.handler(event or {}, SimpleNamespace(aws_request_id="test", function_name=action))


def event_for(app: Any, body: object, address: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return the event (HTTP API, payload 2.0) that asks for the one route of a door."""
    route = (app._static_routes + app._dynamic_routes)[0]
    path = route.path
    for name, value in request.get("path", {}).items():
        path = path.replace(f"<{name}>", str(value))
    query = {name: str(value) for name, value in request.get("query", {}).items()}
    headers = {"content-type": "application/json", "user-agent": "test", **request.get("headers", {})}
    for header, name in (("authorization", "token"), ("idempotency-key", "key"), ("accept-language", "language")):
        if request.get(name):
            headers[header] = f"Bearer {request[name]}" if name == "token" else request[name]
    http = {"method": route.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": request.get("address", address), "userAgent": "test"}
    raw = request.get("raw", json.dumps(body, ensure_ascii=False) if body is not None else None)
    return {
        "version": "2.0",
        "routeKey": f"{route.method} {route.path.replace('<', '{').replace('>', '}')}",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "headers": headers,
        "queryStringParameters": query or None,
        "pathParameters": request.get("path") or None,
        "requestContext": {"requestId": str(uuid.uuid4()), "stage": "$default", "http": http, "timeEpoch": 0},
        "body": raw,
        "isBase64Encoded": False,
    }


@contextmanager
def open_stage(template: Template, address: str | None, **engines: Any) -> Iterator[Stage]:
    """Make the tables, choose the world, and put everything away afterwards; `engines` configures moto."""
    config: Any = {**engines, **({"core": {"passthrough": {"services": ["dynamodb"]}}} if address else {})}
    os.environ.pop("AWS_ENDPOINT_URL_DYNAMODB", None)
    if address:
        os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = address
    with mock_aws(config=config):
        _empty_tables(template, keep_clients=bool(address))
        client("s3").create_bucket(Bucket=os.environ["EVIDENCE_BUCKET"])
        clock = FakeClock()
        world = World(clock=clock, codes=SystemCodes(), keys=Keys(lambda: RING))
        World.current = world
        usual = dict(EFFECTS)
        try:
            yield Stage(world, clock)
        finally:
            World.current = None
            EFFECTS.clear()
            EFFECTS.update(usual)
            os.environ.pop("AWS_ENDPOINT_URL_DYNAMODB", None)


def _empty_tables(template: Template, *, keep_clients: bool) -> None:
    if not keep_clients:
        forget_clients()
    watch_clients()
    spending.watch_clients()
    if keep_clients:  # moto would look at each call only to let it pass
        client("dynamodb").meta.events.unregister("before-send", botocore_stubber)
    empty_tables(client("dynamodb"), template)


def session_for(stage: Stage, kind: CallerKind, account_id: str, *, duties: frozenset[str] = frozenset(), bureau: str | None = None) -> str:
    """Return a token of an account that needs no more than a gate: for tests that are not about logging in."""
    change = Change(stage.world, Caller(CallerKind.TASK, "stage"))
    if gate_of(account_id) is None:
        open_gate(change, account_id, kind)
        change.commit(None)
        change = Change(stage.world, Caller(CallerKind.TASK, "stage"))
    gate = gate_of(account_id)
    assert gate is not None
    token = begin_session(change, gate, duties=duties, bureau=bureau)
    change.commit(None)
    return token
