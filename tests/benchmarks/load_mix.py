"""What the load does: each operation sends its requests and returns their statuses."""

import http.client
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

SECONDS = 30  # that an answer may take
PLACES = 200  # addresses of the loopback network the load comes from: limits count by address, as they should

type Play = Callable[[], list[int]]


@dataclass
class Visitor:
    """Sends requests, each from another address, so that one client's limits are not what is measured."""

    url: str
    draw: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311 -- which address is next

    def send(self, method: str, path: str, token: str | None = None, body: object = None) -> tuple[int, Any]:
        """Send one request and return status and answer; 0 where there was none."""
        headers = {"accept": "application/json", "content-type": "application/json"}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        headers |= {"idempotency-key": uuid4().hex} if method != "GET" else {}
        text = json.dumps(body) if body is not None else None
        address = (f"127.0.1.{self.draw.randrange(PLACES) + 1}", 0)
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=SECONDS, source_address=address)
        try:
            connection.request(method, path, text, headers)
            answered = connection.getresponse()
            return answered.status, json.loads(answered.read() or "null")
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()


class Mix:
    """The operations of the load over what was put in stock."""

    def __init__(self, url: str, stock: dict[str, Any]) -> None:
        """Take the stock; each case is decided once, by whoever takes it from the queue."""
        self._visitor, self._stock = Visitor(url), stock
        self._draw = random.Random(7)  # noqa: S311 -- who is next
        self._cases: SimpleQueue[str] = SimpleQueue()
        for one in stock["cases"]:
            self._cases.put(one)

    def plays(self) -> dict[str, tuple[float, Play]]:
        """Return the operations with their shares."""
        return {
            "authority check": (0.30, self._check),
            "own page": (0.15, lambda: self._get("/v1/account", self._agent()[1]["token"])),
            "entry": (0.13, self._enter),
            "log-in": (0.10, self._log_in),
            "agent list": (0.08, lambda: self._get("/v1/agent-grants", self._unit()["token"])),
            "messages": (0.07, lambda: self._get("/v1/messages", self._agent()[1]["token"])),
            "decision (claim, look, decide)": (0.06, self._decide),
            "reviewer queue": (0.06, lambda: self._get("/v1/cases", self._desk())),
            "statistics": (0.02, lambda: self._get("/v1/statistics", self._desk())),
            "catalogue": (0.03, lambda: self._get("/v1/catalogues/unit_types", None)),
        }

    def _get(self, path: str, token: str | None) -> list[int]:
        return [self._visitor.send("GET", path, token)[0]]

    def _check(self) -> list[int]:
        unit, agent = self._agent()
        question = {"agent_id": agent["id"], "unit_id": unit["id"], "service": "fepms"}
        status, answer = self._visitor.send("POST", "/v1/authority-checks", self._stock["service"], question)
        return [status if status != 200 or answer["allowed"] else 0]

    def _enter(self) -> list[int]:
        unit, agent = self._agent()
        return [self._visitor.send("POST", "/v1/services/fepms/entries", agent["token"], {"unit_id": unit["id"]})[0]]

    def _log_in(self) -> list[int]:
        body = {"kind": "person", "login_name": self._draw.choice(self._stock["people"]), "password": self._stock["password"]}
        return [self._visitor.send("POST", "/v1/sessions", None, body)[0]]

    def _decide(self) -> list[int]:
        try:
            case_id = self._cases.get_nowait()
        except Empty:
            return self._get("/v1/cases", self._desk())
        token, path = self._desk(), f"/v1/cases/{case_id}"
        claimed, seen = self._visitor.send("PUT", f"{path}/claim", token, {})
        if claimed != 200:
            return [claimed]
        looked, _ = self._visitor.send("GET", path, token)
        body = {name: seen[name] for name in ("round", "level", "version")} | {"outcome": "approve"}
        decided, _ = self._visitor.send("POST", f"{path}/decisions", token, body)
        return [claimed, looked, decided]

    def _unit(self) -> Any:
        return self._draw.choice(self._stock["units"])

    def _agent(self) -> tuple[Any, Any]:
        unit = self._unit()
        return unit, self._draw.choice(unit["agents"])

    def _desk(self) -> str:
        return str(self._draw.choice(self._stock["desks"]))
