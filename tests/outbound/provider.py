"""A provider on a real socket: answers what the test says, keeps what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from expertgate.outbound.signed import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, sign

SECRET = "shared-with-the-provider"


@dataclass
class Provider:
    """What it answers next, and what it got."""

    status: int = 200
    answer: Any = None
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    signed_well: list[bool] = field(default_factory=list)
    url: str = ""


@contextmanager
def open_provider(**chosen: Any) -> Iterator[Provider]:
    """Serve on a free port of the loopback until the test is over."""
    provider = Provider(**chosen)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            expected = sign(SECRET, f"POST {self.path}", self.headers[TIME_HEADER], self.headers[NONCE_HEADER], body)
            provider.signed_well.append(self.headers[SIGNATURE_HEADER] == expected)
            provider.asked.append((self.path, json.loads(body)))
            answer = provider.answer if isinstance(provider.answer, bytes) else json.dumps(provider.answer).encode()
            self.send_response(provider.status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
