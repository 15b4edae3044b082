"""A small HTTP/1.1 server on the loopback interface: whole requests in, whole answers out, a thread per connection."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qs, unquote

HOST: Final = "127.0.0.1"
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_LINE: Final = 65536
_IDLE_SECONDS: Final = 10.0


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

    def header(self, name: str) -> str:
        """Return a header's values joined by commas, or an empty text."""
        return ",".join(value for key, value in self.headers if key.lower() == name.lower())

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


class BodyTooLarge(ValueError):
    """The request's body is over the server's limit."""


@dataclass
class Server:
    """Serves one application; refuses requests that were addressed to another host (a page elsewhere must not reach us)."""

    application: Application
    limit: int
    on_error: Callable[[Request, Exception], None]
    port: int = 0
    _http: ThreadingHTTPServer | None = field(default=None, init=False)

    def start(self) -> int:
        """Begin to serve in the background and return the port."""
        self._http = _Listener((HOST, self.port), _handler_of(self))
        self.port = self._http.server_address[1]
        Thread(target=self._http.serve_forever, name=f"http-{self.port}", daemon=True).start()
        return self.port

    def stop(self) -> None:
        """Stop taking requests; the thread that served ends by itself within half a second."""
        if self._http:
            self._http.socket.close()
            Thread(target=self._http.shutdown, daemon=True).start()


class _Listener(ThreadingHTTPServer):
    """Serves each connection in a thread; one that has served waits a while for the next, since to start one costs more than to answer."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._waiting: SimpleQueue[tuple[Any, Any]] = SimpleQueue()
        self._idle = 0
        self._counting = Lock()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- the base class's signature
        """Give the connection to a thread that waits, or to a new one."""
        with self._counting:
            is_awaited = self._idle > 0
            self._idle -= is_awaited
        if is_awaited:
            self._waiting.put((request, client_address))
        else:
            Thread(target=self._serve, args=(request, client_address), name="http-connection", daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that went away is its own affair."""

    def _serve(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- as above
        while True:
            self.process_request_thread(request, client_address)
            with self._counting:
                self._idle += 1
            request, client_address = self._next()
            if request is None:
                return

    def _next(self) -> tuple[Any, Any]:
        """Return the next connection, or nothing when none came for a while."""
        try:
            return self._waiting.get(timeout=_IDLE_SECONDS)
        except Empty:
            with self._counting:
                if self._idle > 0:
                    self._idle -= 1
                    return None, None
        return self._waiting.get()  # one was promised to us in this very moment


def _handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Bound(_Connection):
        owner = server

    return Bound


class _Connection(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 120

    def handle_one_request(self) -> None:
        """Read one request, answer it; several may follow on the connection."""
        try:
            self.raw_requestline = self.rfile.readline(_LINE + 1)
            if not self.raw_requestline or len(self.raw_requestline) > _LINE or not self.parse_request():
                self.close_connection = True
                return
            self._answer()
            self.wfile.flush()
        except (TimeoutError, ConnectionError):
            self.close_connection = True

    def handle_expect_100(self) -> bool:
        """Invite the body at once: the answer must not wait in the buffer."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        self.wfile.flush()
        return True

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 -- the base class's signature
        """Keep quiet: paths may hold names of people."""

    def _answer(self) -> None:
        try:
            request = self._request()
        except BodyTooLarge:
            self.close_connection = True
            self._send(json_response({"message": "Request Entity Too Large"}, 413))
            return
        except ValueError:
            self.close_connection = True
            self._send(json_response({"message": "Bad Request"}, 400))
            return
        if request.header("host").rpartition(":")[0] not in _OWN_NAMES and request.header("host") not in _OWN_NAMES:
            self._send(json_response({"message": "this machine serves 127.0.0.1 only"}, 421))
            return
        self._send(self._applied(request))

    def _applied(self, request: Request) -> Response:
        try:
            return self.owner.application(request)
        except Exception as exc:  # noqa: BLE001 -- the edge: whatever went wrong, the connection lives on
            self.owner.on_error(request, exc)
            return json_response({"message": "Internal Server Error"}, 500)

    def _request(self) -> Request:
        path, _, query = self.path.partition("?")
        headers = tuple((key, value) for key, value in self.headers.items())
        body = self._chunks() if "chunked" in self.headers.get("transfer-encoding", "").lower() else self._body()
        return Request(self.command, path, query, headers, body, self.client_address[0], self.request_version)

    def _body(self) -> bytes:
        length = int(self.headers.get("content-length") or 0)
        if length < 0:
            raise ValueError(length)
        self._within_limit(length)
        return self.rfile.read(length) if length else b""

    def _chunks(self) -> bytes:
        body = bytearray()
        while size := int(self.rfile.readline(_LINE).partition(b";")[0], 16):
            self._within_limit(len(body) + size)
            body += self.rfile.read(size)
            self.rfile.readline(_LINE)
        while self.rfile.readline(_LINE).strip():
            pass
        return bytes(body)

    def _within_limit(self, length: int) -> None:
        if length > self.owner.limit:
            raise BodyTooLarge(length)

    def _send(self, response: Response) -> None:
        self.send_response_only(response.status)
        for name, value in response.headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value.replace("\r", " ").replace("\n", " "))
        has_no_body = self.command == "HEAD" or response.status in {204, 304}
        if response.status != HTTPStatus.NO_CONTENT:
            told = {name.lower(): value for name, value in response.headers}
            length = told.get("content-length") if self.command == "HEAD" else None
            self.send_header("content-length", length or str(len(response.body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if not has_no_body:
            self.wfile.write(response.body)
