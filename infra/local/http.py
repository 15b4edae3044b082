"""A small HTTP/1.1 server on the loopback interface: whole requests in, whole answers out, a thread per connection."""

import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock, Thread
from typing import Final

from infra.local.messages import Application, Request, Response, json_response

HOST: Final = "127.0.0.1"
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_BLOCK: Final = 65536
_LONGEST_HEAD: Final = 65536
_PATIENCE: Final = 120.0
_WAITING: Final = 128
_THREADS_KEPT: Final = 16
_FIRST: Final = re.compile(r"([!-~]+) ([!-~\x80-\xff]+) (HTTP/1\.[01])")
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FRAMING: Final = frozenset({"content-length", "connection", "transfer-encoding"})
_REASONS: Final = {status.value: status.phrase for status in HTTPStatus}


class BodyTooLarge(ValueError):
    """The request's body is over the server's limit."""


@dataclass
class Server:
    """Serves one application; refuses requests that were addressed to another host (a page elsewhere must not reach us).

    A thread takes a connection and serves it to its end; before that it sees to it that another one waits for the next. To hand
    connections over from one thread to another would cost as much as to read a request.
    """

    application: Application
    limit: int
    on_error: Callable[[Request, Exception], None]
    port: int = 0
    _socket: socket.socket | None = field(default=None, init=False)
    _idle: int = field(default=0, init=False)
    _counting: Lock = field(default_factory=Lock, init=False)

    def start(self) -> int:
        """Begin to serve in the background and return the port."""
        self._socket = socket.create_server((HOST, self.port), backlog=_WAITING)
        self.port = self._socket.getsockname()[1]
        self._wait_too()
        return self.port

    def stop(self) -> None:
        """Stop taking requests; what is being answered is answered."""
        if self._socket:
            with suppress(OSError):  # wakes the threads that wait; not every system allows it
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _wait_too(self) -> None:
        self._idle += 1
        Thread(target=self._take, args=(self._socket,), name=f"http-{self.port}", daemon=True).start()

    def _take(self, listening: socket.socket) -> None:
        while True:
            try:
                connected, address = listening.accept()
            except OSError:  # stopped
                return
            with self._counting:
                self._idle -= 1
                if not self._idle:
                    self._wait_too()
            with connected, suppress(OSError):  # a client that went away is its own affair
                _Connection(self, connected, address[0]).serve()
            with self._counting:
                if self._idle >= _THREADS_KEPT:
                    return
                self._idle += 1


@dataclass(frozen=True)
class _Head:
    """The first line and the headers, their names in lower case."""

    method: str
    target: str
    protocol: str
    headers: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return the one value of a header, or an empty text.

        Raises ValueError where it is said twice and not the same.
        """
        said = {value for key, value in self.headers if key == name}
        if len(said) > 1:
            raise ValueError(name)
        return said.pop() if said else ""

    @property
    def ends(self) -> bool:
        """Tell whether the connection ends after this request."""
        wish = self.value("connection").lower()
        return "close" in wish or (self.protocol == "HTTP/1.0" and "keep-alive" not in wish)


class _Connection:
    """Reads requests and sends answers, one after the other; paths may hold names of people, so nothing is logged."""

    def __init__(self, owner: Server, connected: socket.socket, client: str) -> None:
        connected.settimeout(_PATIENCE)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._owner = owner
        self._socket = connected
        self._client = client
        self._read = b""

    def serve(self) -> None:
        """Answer until one side has enough."""
        while self._answered_one():
            pass

    def _answered_one(self) -> bool:
        """Answer one request; tell whether another may follow."""
        method = ""
        try:
            head = self._head()
            if head is None:
                return False
            method, ends = head.method, head.ends
            request = self._request(head)
        except BodyTooLarge:
            return self._send(method, json_response({"message": "Request Entity Too Large"}, 413), ends=True)
        except ValueError:
            return self._send(method, json_response({"message": "Bad Request"}, 400), ends=True)
        if request.header("host").rpartition(":")[0] not in _OWN_NAMES and request.header("host") not in _OWN_NAMES:
            return self._send(method, json_response({"message": "this machine serves 127.0.0.1 only"}, 421), ends=ends)
        return self._send(method, self._applied(request), ends=ends)

    def _applied(self, request: Request) -> Response:
        try:
            return self._owner.application(request)
        except Exception as exc:  # noqa: BLE001 -- the edge: whatever went wrong, the connection lives on
            self._owner.on_error(request, exc)
            return json_response({"message": "Internal Server Error"}, 500)

    def _head(self) -> _Head | None:
        """Return the next head, None where no more is asked."""
        while (end := self._read.find(b"\r\n\r\n")) < 0:
            if len(self._read) > _LONGEST_HEAD:
                raise ValueError("head too long")
            if not self._more():
                return None
        first, *lines = self._read[:end].decode("latin-1").split("\r\n")
        self._read = self._read[end + 4 :]
        found = _FIRST.fullmatch(first)
        if found is None:
            raise ValueError("no request line")
        return _Head(found[1], found[2], found[3], tuple([_header(line) for line in lines]))

    def _request(self, head: _Head) -> Request:
        target = head.target if not head.target.startswith("//") else f"/{head.target.lstrip('/')}"
        path, _, query = target.partition("?")
        return Request(head.method, path, query, head.headers, self._body(head), self._client, head.protocol)

    def _body(self, head: _Head) -> bytes:
        coding, length = head.value("transfer-encoding").lower(), head.value("content-length")
        if not coding and not length:
            return b""
        if coding not in {"", "chunked"} or (coding and length) or not (length or "0").isdecimal():
            raise ValueError("unknown length")
        self._within_limit(int(length or 0))
        if head.value("expect").lower() == "100-continue":
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self._chunks() if coding else self._taken(int(length))

    def _chunks(self) -> bytes:
        body = bytearray()
        while size := _size(self._line()):
            self._within_limit(len(body) + size)
            body += self._taken(size)
            self._line()
        while self._line().strip():
            pass
        return bytes(body)

    def _line(self) -> bytes:
        while (end := self._read.find(b"\r\n")) < 0:
            if len(self._read) > _LONGEST_HEAD or not self._more():
                raise ValueError("line without end")
        line, self._read = self._read[:end], self._read[end + 2 :]
        return line

    def _taken(self, length: int) -> bytes:
        """Return so many bytes of what comes."""
        parts, missing = [self._read[:length]], length - len(self._read)
        self._read = self._read[length:]
        while missing > 0:
            part = self._socket.recv(min(missing, _BLOCK))
            if not part:
                raise ConnectionResetError
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _more(self) -> bool:
        """Read on; tell whether something came."""
        read = self._socket.recv(_BLOCK)
        self._read += read
        return bool(read)

    def _within_limit(self, length: int) -> None:
        if length > self._owner.limit:
            raise BodyTooLarge(length)

    def _send(self, method: str, response: Response, *, ends: bool) -> bool:
        """Send an answer; tell whether another request may follow."""
        lines = [f"HTTP/1.1 {response.status} {_REASONS.get(response.status, '')}"]
        lines += [f"{name}: {_one_line(value)}" for name, value in response.headers if name.lower() not in _FRAMING]
        if response.status != HTTPStatus.NO_CONTENT:
            told = {name.lower(): value for name, value in response.headers} if method == "HEAD" else {}
            lines.append(f"content-length: {told.get('content-length') or len(response.body)}")
        if ends:
            lines.append("connection: close")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
        has_no_body = method == "HEAD" or response.status in {204, 304}
        self._socket.sendall(head if has_no_body else head + response.body)
        return not ends


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not _NAME.fullmatch(name):
        raise ValueError("no header")
    return name.lower(), value.strip(" \t")


def _size(line: bytes) -> int:
    """Return the length of a chunk."""
    digits = line.partition(b";")[0].strip()
    if not digits.isalnum():
        raise ValueError("no length")
    return int(digits, 16)


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
