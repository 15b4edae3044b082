"""Kept-alive HTTP/1.1 lines to one host: a request is one send, an answer usually one read.

The errors are botocore's own, so that its retry rules and our handlers know them.
"""

import select
import socket
import ssl
import weakref
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
    SSLError,
)

_BLOCK = 65536
_LONGEST_HEAD = 65536
_HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, named as botocore's own is."""

    status_code: int
    headers: dict[str, str]
    content: bytes


class Malformed(ValueError):
    """What came is no HTTP answer."""


class Lines:
    """The lines to one endpoint, the last used one first; `most` of them are kept."""

    def __init__(self, url: str, context: ssl.SSLContext | None, timeouts: tuple[float, float], most: int) -> None:
        """Remember where to and how long to wait; nothing is connected yet."""
        place = urlsplit(url)
        self.url = url
        self.host = place.netloc
        self._address = place.hostname or "", place.port or (443 if context else 80)
        self._context = context
        self._connect_seconds, self._read_seconds = timeouts
        self._free: deque[_Line] = deque(maxlen=most)
        weakref.finalize(self, _close_all, self._free)

    def send(self, message: bytes) -> Answered:
        """Send a whole request and return the whole answer.

        Raises botocore's errors of connections and timeouts.
        """
        line = self._line()
        try:
            answered = line.ask(message)
        except BaseException as exc:
            line.close()
            if isinstance(exc, (OSError, ValueError)):
                raise self._named(exc) from exc
            raise
        self._keep(line)
        return answered

    def close(self) -> None:
        """Close what is kept."""
        _close_all(self._free)

    def _line(self) -> "_Line":
        while self._free:
            try:
                line = self._free.pop()
            except IndexError:  # another thread was faster
                break
            if line.is_usable():
                return line
            line.close()
        return _Line(self._connected())

    def _keep(self, line: "_Line") -> None:
        if line.ends or len(self._free) == self._free.maxlen:
            line.close()
        else:
            self._free.append(line)

    def _connected(self) -> socket.socket:
        try:
            plain = socket.create_connection(self._address, self._connect_seconds)
        except TimeoutError as exc:
            raise ConnectTimeoutError(endpoint_url=self.url, error=exc) from exc
        except OSError as exc:
            raise EndpointConnectionError(endpoint_url=self.url, error=exc) from exc
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            line = self._context.wrap_socket(plain, server_hostname=self._address[0]) if self._context else plain
            line.settimeout(self._read_seconds)
        except OSError as exc:
            plain.close()
            raise self._named(exc) from exc
        return line

    def _named(self, exc: Exception) -> HTTPClientError:
        """Return botocore's error for what happened on a line."""
        if isinstance(exc, ssl.SSLEOFError):
            error: HTTPClientError = ConnectionClosedError(endpoint_url=self.url)
        elif isinstance(exc, ssl.SSLError):
            error = SSLError(endpoint_url=self.url, error=exc)
        elif isinstance(exc, TimeoutError):
            error = ReadTimeoutError(endpoint_url=self.url, error=exc)
        elif isinstance(exc, OSError):
            error = ConnectionClosedError(endpoint_url=self.url)
        else:
            error = HTTPClientError(error=exc)
        return error


class _Line:
    """One connection, used by one request at a time."""

    __slots__ = ("_poll", "_socket", "ends")

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._poll = select.poll()
        self._poll.register(connected, select.POLLIN)
        self.ends = False

    def is_usable(self) -> bool:
        """Tell whether the other side left the line open: an idle one has nothing to say but its end."""
        return not self._poll.poll(0)

    def close(self) -> None:
        self._socket.close()

    def ask(self, message: bytes) -> Answered:
        """Send and read; whether the line can be used again stands in `ends`."""
        self._socket.sendall(message)
        head, rest = self._head()
        first, *lines = head.split("\r\n")
        version, _, said = first.partition(" ")
        if not version.startswith("HTTP/1.") or not said[:3].isdigit():
            raise Malformed(first[:40])
        headers = {name.lower(): value.strip() for name, _, value in [line.partition(":") for line in lines]}
        self.ends = version == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
        return Answered(int(said[:3]), headers, self._body(headers, rest))

    def _head(self) -> tuple[str, bytes]:
        read = self._more()
        while _HEAD_ENDS not in read:
            if len(read) > _LONGEST_HEAD:
                raise Malformed("head too long")
            read += self._more()
        head, _, rest = read.partition(_HEAD_ENDS)
        return head.decode("latin-1"), rest

    def _body(self, headers: dict[str, str], rest: bytes) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._chunks(rest)
        length = headers.get("content-length", "")
        if not length.isdigit():
            raise Malformed("no length")
        return self._whole(rest, int(length))

    def _whole(self, rest: bytes, length: int) -> bytes:
        read = [rest]
        missing = length - len(rest)
        while missing > 0:
            read.append(self._more())
            missing -= len(read[-1])
        if missing < 0:
            raise Malformed("more than announced")
        return b"".join(read)

    def _chunks(self, rest: bytes) -> bytes:
        body = bytearray()
        while True:
            size, rest = self._until_line(rest)
            length = int(size.partition(b";")[0], 16) if size.strip() else -1
            if length < 0:
                raise Malformed("chunk without size")
            while len(rest) < length + 2:
                rest += self._more()
            if not length:
                return bytes(body)
            body += rest[:length]
            rest = rest[length + 2 :]

    def _until_line(self, rest: bytes) -> tuple[bytes, bytes]:
        while b"\r\n" not in rest:
            rest += self._more()
        line, _, after = rest.partition(b"\r\n")
        return line, after

    def _more(self) -> bytes:
        read = self._socket.recv(_BLOCK)
        if not read:
            raise ConnectionResetError("closed before the answer was whole")
        return read


def _close_all(lines: "deque[_Line]") -> None:
    while lines:
        lines.pop().close()
