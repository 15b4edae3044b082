"""The HTTP API of the template: routes, CORS, limits, and the call of the function behind a route."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote

from infra.local.events import event_of, response_of
from infra.local.facts import Route, Template
from infra.local.functions import FunctionFailed, Functions
from infra.local.messages import Request, Response, json_response

BODY_LIMIT: Final = 10 * 1024 * 1024
_PARAMETER = re.compile(r"\{([^}+]+)(\+?)\}")


@dataclass(frozen=True)
class _Target:
    route: Route
    pattern: re.Pattern[str]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return how specific the route is: API Gateway prefers full paths to parameters, those to greedy ones, methods to ANY."""
        return ("+}" in self.route.path, self.route.path.count("{"), self.route.method == "ANY")

    @property
    def key(self) -> str:
        """Return the route's key as functions see it."""
        return f"{self.route.method} {self.route.path}"


class Gateway:
    """Finds the route of a request and calls its function."""

    def __init__(self, template: Template, functions: Functions, after: Callable[[str], None] | None = None) -> None:
        """Sort the routes by how specific they are; `after` is told which function was called."""
        self._functions = functions
        self._after = after
        self._cors = template.cors
        targets = (_Target(route, _pattern(route.path)) for route in template.routes)
        self._targets = sorted(targets, key=lambda target: target.rank)
        # most paths have no parameters and need no search
        self._plain = {(one.route.method, one.route.path): one for one in self._targets if "{" not in one.route.path}

    def __call__(self, request: Request) -> Response:
        """Answer one request of the world."""
        if self._cors and request.method == "OPTIONS" and request.header("access-control-request-method"):
            return Response(204, self._cors_headers(request, preflight=True))
        answer, added = self._answer(request), self._cors_headers(request, preflight=False)
        return replace(answer, headers=answer.headers + added) if added else answer

    def _answer(self, request: Request) -> Response:
        if plain := self._plain.get((request.method, request.path)):
            return self._call(plain, request, {})
        for target in self._targets:
            if target.route.method not in {request.method, "ANY"}:
                continue
            if found := target.pattern.fullmatch(request.path):
                names = {_plain(name): unquote(value) for name, value in found.groupdict().items()}
                return self._call(target, request, names)
        return json_response({"message": "Not Found"}, 404)

    def _call(self, target: _Target, request: Request, names: Mapping[str, str]) -> Response:
        try:
            return response_of(self._functions.invoke(target.route.function, event_of(request, target.key, names)))
        except FunctionFailed as failed:
            print(f"{target.route.function}: {failed.kind}: {failed.message}", file=sys.stderr)
            return json_response({"message": "Internal Server Error"}, 500)
        finally:
            if self._after:
                self._after(target.route.function)

    def _cors_headers(self, request: Request, *, preflight: bool) -> tuple[tuple[str, str], ...]:
        origin = request.header("origin")
        if not self._cors or not origin or not _allowed(origin, self._cors.get("AllowOrigins", ())):
            return ()
        headers = [("access-control-allow-origin", "*" if "*" in self._cors["AllowOrigins"] else origin), ("vary", "origin")]
        if self._cors.get("AllowCredentials"):
            headers.append(("access-control-allow-credentials", "true"))
        if exposed := self._cors.get("ExposeHeaders"):
            headers.append(("access-control-expose-headers", ",".join(exposed)))
        if preflight:
            headers += _preflight(self._cors)
        return tuple(headers)


def _preflight(cors: Mapping[str, Any]) -> list[tuple[str, str]]:
    headers = [
        ("access-control-allow-methods", ",".join(cors.get("AllowMethods", ()))),
        ("access-control-allow-headers", ",".join(cors.get("AllowHeaders", ()))),
    ]
    if "MaxAge" in cors:
        headers.append(("access-control-max-age", str(cors["MaxAge"])))
    return headers


def _allowed(origin: str, wanted: list[str]) -> bool:
    return any(each in {"*", origin} or (each.endswith("://*") and origin.startswith(each[:-1])) for each in wanted)


def _pattern(path: str) -> re.Pattern[str]:
    """Return the expression for a path: {name} is one part, {name+} the rest."""
    pieces = []
    end = 0
    for found in _PARAMETER.finditer(path):
        pieces += [re.escape(path[end : found.start()]), f"(?P<{_coded(found[1])}>{'.+' if found[2] else '[^/]+'})"]
        end = found.end()
    return re.compile("".join(pieces) + re.escape(path[end:]))


def _coded(name: str) -> str:
    """Return a parameter's name as a group's name, which may hold no dashes or dots."""
    return "p" + name.encode().hex()


def _plain(group: str) -> str:
    return bytes.fromhex(group[1:]).decode()
