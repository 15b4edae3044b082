"""A host that answers as a script says: to each request the next line of it, whatever was asked."""

import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

type Step = Callable[[socket.socket], None]

GOOD = {"Item": {"pk": {"S": "a"}}}


@dataclass
class Host:
    """Listens on a free port of this machine."""

    script: list[Step]
    tls: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as line:
            self._answer(line)
            self.left.set()

    def _answer(self, line: socket.socket) -> None:
        while self.script:
            with line.makefile("rb") as read:
                head = b"".join(iter(read.readline, b"\r\n")).decode() if (first := read.peek(1)) else ""
                if not first:
                    return
                self.heads.append(head)
                self.bodies.append(read.read(int(self.header("content-length"))))
            step = self.script.pop(0)
            step(line)
            if step in (silent, closing):
                self.released.wait(5) if step is silent else None
                return

    def header(self, name: str) -> str:
        """Return a header of the last request."""
        fields = dict(line.split(": ", 1) for line in self.heads[-1].splitlines()[1:])
        return {key.lower(): value for key, value in fields.items()}.get(name, "")

    def has_heard(self, times: int) -> bool:
        """Tell whether so many requests came, however late this machine lets the last one be read."""
        until = time.monotonic() + 10
        while len(self.heads) < times and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.heads) == times

    def close(self) -> None:
        self.released.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def host(*script: Step, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    """Serve the script until the block ends."""
    played = Host(list(script), tls)
    thread = threading.Thread(target=played.run, daemon=True)
    thread.start()
    try:
        yield played
    finally:
        played.close()
        thread.join(5)


def says(document: object, status: int = 200, **headers: str) -> Step:
    """Return the step that answers with a document and its checksum."""
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    told = {"x-amzn-RequestId": "R1", "x-amz-crc32": str(zlib.crc32(body)), "Content-Length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return sends(f"HTTP/1.1 {status} Said\r\n{''.join(f'{name}: {value}\r\n' for name, value in told.items())}\r\n".encode() + body)


def refuses(code: str, status: int = 400, **more: object) -> Step:
    """Return the step that answers with an error of DynamoDB."""
    return says({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": code, **more}, status)


def sends(*pieces: bytes) -> Step:
    """Return the step that writes these bytes, one send each."""

    def step(line: socket.socket) -> None:
        for piece in pieces:
            line.sendall(piece)

    return step


def both(*steps: Step) -> Step:
    """Return the step that does one after the other."""

    def step(line: socket.socket) -> None:
        for one in steps:
            one(line)

    return step


def hang_up(line: socket.socket) -> None:
    """End the connection."""
    line.shutdown(socket.SHUT_RDWR)


def silent(_: socket.socket) -> None:
    """Never answer."""


def closing(_: socket.socket) -> None:
    """Hang up without a word."""
