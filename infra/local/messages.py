"""Whole HTTP requests and answers, as the pages, the gateway and the stand-ins of this machine pass them on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qs, unquote


@dataclass(frozen=True)
class Request:
    """One request as it came; the path is still percent-encoded."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    client: str
    protocol: str = "HTTP/1.1"

    @cached_property
    def fields(self) -> dict[str, str]:
        """Return the headers by their names in lower case, the values of one name joined by commas."""
        named: dict[str, str] = {}
        for name, value in self.headers:
            key = name.lower()
            named[key] = f"{named[key]},{value}" if key in named else value
        return named

    def header(self, name: str) -> str:
        """Return a header's values joined by commas, or an empty text; its name is given in lower case."""
        return self.fields.get(name, "")

    def parameter(self, name: str) -> str | None:
        """Return the last value of a query parameter."""
        return parse_qs(self.query, keep_blank_values=True).get(name, [None])[-1]

    @property
    def plain_path(self) -> str:
        """Return the path with percent-encoding undone."""
        return unquote(self.path)


@dataclass(frozen=True)
class Response:
    """One answer; the length is added when it is sent."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def json_response(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """Return an answer in JSON."""
    body = json.dumps(value, ensure_ascii=False, default=str).encode()
    return Response(status, (("content-type", "application/json"), *headers), body)


def html_response(page: str, status: int = 200) -> Response:
    """Return an answer in HTML that nothing may keep."""
    headers = (("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store"))
    return Response(status, headers, page.encode())


Application = Callable[[Request], Response]
