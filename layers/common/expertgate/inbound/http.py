"""The edge that all doors share: who calls, in which language, what repeats; errors as problem documents; one log line."""

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event import RequestContextV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from expertgate.caller import Allow, Caller, CallerKind, Language, Repeat
from expertgate.errors.base import ExpertGateError, InvalidInput, Unavailable
from expertgate.errors.edge import CallerKindRefused, IdempotencyKeyInvalid, LoginRequired, MalformedBody, RouteUnknown
from expertgate.inbound.bodies import check_body, kind_read
from expertgate.inbound.observe import log, where
from expertgate.inbound.problems import problem, translate
from expertgate.inbound.straight import Straight, straight_way
from expertgate.outbound.aws import register
from expertgate.outbound.repeats import KEY_FORM, AlreadyDone, answered_by, as_shown, done_before, repeat_key
from expertgate.outbound.rows import Key, Row
from expertgate.outbound.sessions import Along, Standing, claimed_by, standing_of
from expertgate.outbound.world import World, the_world

type Wanted = Callable[[str], tuple[Key, ...]]

STRANGER, PERSON, UNIT, OFFICIAL, SERVICE = Allow.STRANGER, Allow.PERSON, Allow.UNIT, Allow.OFFICIAL, Allow.SERVICE
ACCOUNT = PERSON | UNIT

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
_REPEAT_KEY = re.compile(KEY_FORM)
_LONGEST_IN_PATH = 200


class _Here(threading.local):
    """What belongs to the request in hand. Lambda has one at a time; one machine serves several in threads."""

    event: APIGatewayProxyEventV2
    headers: Mapping[str, str]
    http: Mapping[str, Any]
    caller: Caller
    world: World
    earlier: tuple[Row | None, ...] = ()
    failure: str = ""

    def __init__(self) -> None:
        """Begin with an empty context."""
        self.context: dict[str, Any] = {}


class _Event(APIGatewayProxyEventV2):
    """An event whose parts are made once; Powertools makes them anew at each look."""

    @cached_property
    def headers(self) -> dict[str, str]:
        return super().headers

    @cached_property
    def request_context(self) -> RequestContextV2:
        return super().request_context

    @cached_property
    def path(self) -> str:
        return super().path


class Door(APIGatewayHttpResolver):
    """A resolver with one route, one rule of who may call it, and nothing shared between requests."""

    def __init__(
        self, allow: Allow, world: World | None, unreadable: type[ExpertGateError] | None, along: Wanted, *, replays: bool
    ) -> None:
        """Validate requests and answers by their models."""
        self._here = _Here()
        self._world = world
        self._wanted = along
        self.unreadable = unreadable
        self._action_replays = replays
        self.allow = allow
        super().__init__(enable_validation=True)
        self.exception_handler(Exception)(self._refuse)

    @property
    def current_event(self) -> APIGatewayProxyEventV2:  # type: ignore[override]
        """Return the event of this thread; Powertools keeps one for the whole process."""
        return self._here.event

    @property
    def context(self) -> dict[str, Any]:
        """Return the context of this thread."""
        return self._here.context

    @context.setter
    def context(self, value: dict[str, Any]) -> None:
        self._here.context = value

    @property
    def caller(self) -> Caller:
        """Return who calls."""
        return self._here.caller

    @property
    def world(self) -> World:
        """Return the world the action works in."""
        return self._here.world

    def handler(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer one event of API Gateway (HTTP API, payload 2.0); nothing is raised, whatever happens."""
        began = time.perf_counter()
        about = event["requestContext"]  # Powertools' views of it cost more than the rest of this function
        self._here.event, self._here.http = _Event(event), about["http"]
        self._here.headers = event.get("headers") or {}  # API Gateway gives lower case
        self._here.world = self._world or the_world()
        self._here.failure, self._here.earlier = "", ()
        self._here.caller = Caller(
            CallerKind.STRANGER, about["requestId"], language=Language.wanted(self._here.headers.get("accept-language", ""))
        )
        answer = self._answer(event, context)
        answer["headers"] = {**_HEADERS, **(answer.get("headers") or {})}
        self._note(answer["statusCode"], time.perf_counter() - began)
        return answer

    def _to_proxy_event(self, event: dict[str, Any]) -> APIGatewayProxyEventV2:
        """Return the event that is there already."""
        del event
        return self._here.event

    def _push_processed_stack_frame(self, frame: str) -> None:
        """Keep no list of what a request came through; Powertools has one for all threads, for debugging."""

    def _answer(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        try:
            _check_path(event)
            check_body(event, self._reads)
            self._here.caller = self._admit()
            self._replay()
            straight = self._straight
            arguments = straight.arguments(event, self.current_event.path, self._here.headers) if straight else None
            return self.resolve(event, context) if straight is None or arguments is None else straight.answered(arguments)
        except Exception as exc:  # noqa: BLE001 -- the edge is the one place where everything is caught
            return _plain(self._refuse(exc))

    def _admit(self) -> Caller:
        """Return who calls, if this door lets him in; what it will need of him is read with his session."""
        world, stranger = self._here.world, self._here.caller
        client = world.keys.digest("client", self._here.http["sourceIp"])[:16]
        token = _bearer(self._here.headers)
        claimed = claimed_by(token)
        repeat, wanted = self._repeat(claimed or as_shown(stranger.kind, self._here.headers)), self._wanted(claimed) if claimed else ()
        along = Along((*wanted, *([repeat_key(repeat)] if repeat and not self._action_replays else [])))
        standing = standing_of(token, world.clock.now(), along) if token else None
        if token and standing is None:
            raise LoginRequired
        if not self.allow.admits(standing.kind if standing else stranger.kind):
            raise CallerKindRefused if standing else LoginRequired
        if repeat is None and self._key is not None:
            raise IdempotencyKeyInvalid
        self._here.earlier = along.rows[len(wanted) :]
        return replace(stranger, client=client, repeat=repeat, along=along.rows[: len(wanted)], **_known(standing))

    @property
    def _key(self) -> str | None:
        return None if self._here.http["method"] == "GET" else self._here.headers.get("idempotency-key")

    def _repeat(self, who: str) -> Repeat | None:
        """Return how this request would be repeated; None without a good key."""
        key = self._key
        if key is None or not _REPEAT_KEY.fullmatch(key):
            return None
        keys, event = self._here.world.keys, self.current_event
        asked = f"{self._here.http['method']} {event.path}?{event.raw_query_string}\n{event.body or ''}"
        scope = f"{who}|{self.operation}|{key}"
        return Repeat(pk=keys.digest("repeat", scope), fingerprint=keys.digest("repeat", asked), status=self._status)

    def _replay(self) -> None:
        repeat, world, read = self._here.caller.repeat, self._here.world, self._here.earlier
        if repeat is None or self._action_replays:
            return
        done = answered_by(world, repeat, read[0]) if read else done_before(world, repeat)
        if done is not None:
            raise done

    def _twin_of(self, exc: Exception) -> Exception:
        """Return the answer of a twin of this request that got through meanwhile: this one was refused by what that one changed."""
        repeat = self._here.caller.repeat
        if repeat is None or not isinstance(exc, ExpertGateError) or isinstance(exc, Unavailable):
            return exc
        try:
            return done_before(self._here.world, repeat) or exc
        except Exception as unknown:  # noqa: BLE001 -- who was answered before must not be told that he is refused
            return unknown

    @property
    def operation(self) -> str:
        """Return the name of the door's one action."""
        return str(self._route.func.__name__)

    @cached_property
    def _straight(self) -> Straight | None:
        return straight_way(self._route)

    @cached_property
    def _reads(self) -> str | None:
        return kind_read(self._route)

    @property
    def _route(self) -> Any:  # noqa: ANN401 -- Powertools' Route
        return (self._static_routes + self._dynamic_routes)[0]

    @property
    def _status(self) -> int:
        return int(self._route.status_code)

    def _refuse(self, exc: Exception) -> Response[str]:
        caller, exc = self._here.caller, self._twin_of(exc)
        if isinstance(exc, AlreadyDone):
            return Response(exc.status, "application/json", exc.body, headers={"Idempotency-Replayed": "true"})
        error = translate(exc)
        if self.unreadable is not None and isinstance(error, InvalidInput | MalformedBody):
            error = self.unreadable()
        self._here.failure = error.code if error else f"{type(exc).__name__} at {where(exc)}"
        if error is None:
            log().error("unexpected", extra={"kind": type(exc).__name__, "at": where(exc), "request_id": caller.request_id})
        return problem(error, caller.language, caller.request_id)

    def _note(self, status: int, seconds: float) -> None:
        caller = self._here.caller
        log().info(
            "request",
            extra={
                "operation": self.operation,
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
                "caller_kind": caller.kind,
                "account_id": caller.account_id,
                "client": caller.client,
                "request_id": caller.request_id,
                "failure": self._here.failure or None,
            },
        )


def _nothing(_account_id: str) -> tuple[Key, ...]:
    return ()


register()


def door(
    allow: Allow,
    world: World | None = None,
    unreadable: type[ExpertGateError] | None = None,
    along: Wanted = _nothing,
    *,
    replays: bool = False,
) -> Door:
    """Return the resolver of one action that lets in these kinds of caller.

    `unreadable` is another protocol's word for a bad request; `along` names rows of the caller's account that are read with the session;
    `replays` says that no earlier answer need be looked for before the action: it begins with `Change.read`, which does so on the way,
    or it uses up what it was shown, refuses it the second time, and a refused request is given the answer of its twin.
    """
    return Door(allow, world, unreadable, along, replays=replays)


def _known(standing: Standing | None) -> dict[str, Any]:
    """Return what a session tells of who calls."""
    names = ("kind", "account_id", "session_id", "duties", "bureau") if standing else ()
    return {name: getattr(standing, name) for name in names}


def _bearer(headers: Mapping[str, str]) -> str:
    scheme, _, token = (headers.get("authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _check_path(event: Mapping[str, Any]) -> None:
    if any(len(str(value)) > _LONGEST_IN_PATH for value in (event.get("pathParameters") or {}).values()):
        raise RouteUnknown  # no name or id of ours is that long, and a table would refuse it as a key


def _plain(response: Response[str]) -> dict[str, Any]:
    headers = cast("dict[str, Any]", response.headers)
    return {"statusCode": response.status_code, "headers": {"Content-Type": response.content_type, **headers}, "body": response.body}
