"""Lambda's Runtime API for one process: it asks for the next event, and posts the answer or the error."""

import json
import time
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any, Final
from uuid import uuid4

from infra.local.http import HOST, Server
from infra.local.messages import Request, Response, json_response
from infra.local.naming import REGION

_PREFIX: Final = "/2018-06-01/runtime/"
_ANSWER_LIMIT: Final = 8 * 1024 * 1024


@dataclass
class Invocation:
    """One call of a function and what became of it."""

    event: Any
    arn: str
    timeout: int
    request_id: str = field(default_factory=lambda: str(uuid4()))
    done: Event = field(default_factory=Event)
    taken_at: float | None = None
    answer: Any = None
    error: dict[str, Any] | None = None

    def is_over(self) -> bool:
        """Tell whether the function had its time."""
        return self.taken_at is not None and time.monotonic() > self.taken_at + self.timeout

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return what the runtime is told beside the event."""
        return (
            ("Lambda-Runtime-Aws-Request-Id", self.request_id),
            ("Lambda-Runtime-Deadline-Ms", str(int((time.time() + self.timeout) * 1000))),
            ("Lambda-Runtime-Invoked-Function-Arn", self.arn),
            ("Lambda-Runtime-Trace-Id", f"Root=1-{int(time.time()):08x}-{uuid4().hex[:24]};Sampled=0;region={REGION}"),
        )


class RuntimeApi:
    """Serves one process."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._offered: SimpleQueue[Invocation] = SimpleQueue()
        self._current: Invocation | None = None
        self._stopped = Event()
        self._server = Server(self._serve, _ANSWER_LIMIT, lambda *_: None)
        self.address = f"{HOST}:{self._server.start()}"

    def offer(self, call: Invocation) -> None:
        """Give a call to the process."""
        self._offered.put(call)

    def stop(self) -> None:
        """Listen no more."""
        self._stopped.set()
        self._server.stop()

    def _serve(self, request: Request) -> Response:
        action = request.path.removeprefix(_PREFIX)
        if action == "invocation/next":
            return self._next()
        value = json.loads(request.body or b"null")
        call = self._current
        if action == "init/error":
            # the process ends by itself after it told why it could not begin
            call = self._waiting()
        if call is None:
            return json_response({"message": "nothing was asked"}, 404)
        if action.endswith("/response"):
            call.answer = value
        else:
            call.error = {"errorType": "Unknown", "errorMessage": "", **value}
        call.done.set()
        return json_response({"status": "OK"}, 202)

    def _waiting(self) -> Invocation | None:
        try:
            return self._offered.get(timeout=5)
        except Empty:
            return None

    def _next(self) -> Response:
        while not self._stopped.is_set():
            try:
                call = self._offered.get(timeout=1)
            except Empty:
                continue
            call.taken_at = time.monotonic()
            self._current = call
            return json_response(call.event, headers=call.headers())
        return json_response({"message": "stopped"}, 410)
