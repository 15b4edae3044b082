"""A client as any front end would be one: HTTP to the running system, and the developer's own pages for SMS and clock."""

import http
import http.client
import json
import re
import time
import uuid
from copy import copy
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

from infra.local.demo.story import Reply, Story, StoryDiffers

_CODE = re.compile(r"\d{6}")
_WAIT_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.05


class Client:
    """Sends requests, shows them, and knows how to wait for what happens behind them."""

    def __init__(self, url: str, story: Story) -> None:
        """Remember the address of the running system."""
        self._address = urlsplit(url)
        self._source: tuple[str, int] | None = None
        self.url = url
        self.story = story

    def moved(self, address: str) -> Self:
        """Return a client like this one that sends from another address of this machine: limits count by address."""
        other = copy(self)
        other._source = (address, 0)  # noqa: SLF001 -- one of us
        return other

    def ask(self, method: str, path: str, body: object = None, *, token: str | None = None, expect: int = 200, **query: str) -> Reply:
        """Send a request, show it, and demand this status."""
        reply = self.send(method, path, body, token=token, **query)
        self.story.show(method, path, reply)
        self.story.expect(f"status of {method} {path}", reply.status, expect)
        return reply

    def send(self, method: str, path: str, body: object = None, *, token: str | None = None, **query: str) -> Reply:
        """Send a request without a word."""
        headers = {"accept": "application/json", "content-type": "application/json"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        if method != "GET":
            headers["idempotency-key"] = uuid.uuid4().hex
        text = json.dumps(body, ensure_ascii=False).encode() if body is not None else None
        target = quote(path) + (f"?{urlencode(query)}" if query else "")
        return self._exchange(self._address.netloc, method, target, text, headers)

    def post_form(self, url: str, fields: dict[str, str], content: bytes) -> int:
        """Upload a file as a browser's form does (presigned POST) and return the status."""
        boundary = uuid.uuid4().hex
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
        head = "".join(parts) + f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="picture"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        address = urlsplit(url)
        target = address.path + (f"?{address.query}" if address.query else "")
        return self._exchange(
            address.netloc, "POST", target or "/", body, {"content-type": f"multipart/form-data; boundary={boundary}"}
        ).status

    def sms_code(self, mobile: str, after: int = 0) -> str:
        """Return the newest code sent to a mobile, waiting for the stream to deliver it; `after` counts messages already seen."""
        text = self.sms(mobile, after)
        found = _CODE.search(text)
        if found is None:
            message = f"no code in the message {text!r}"
            raise StoryDiffers(message)
        return found[0]

    def sms(self, mobile: str, after: int = 0, containing: str = "") -> str:
        """Return the newest message to a mobile that came after `after` others and holds these words."""
        give_up = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < give_up:
            texts = [str(one["text"]) for one in self.inbox(mobile)]
            fresh = [text for text in texts[: len(texts) - after] if containing in text]
            if fresh:
                return fresh[0]
            time.sleep(_LOOK_AGAIN_SECONDS)
        message = (
            f"no SMS to {mobile} holding {containing!r} within {_WAIT_SECONDS} s; there are {[one['text'] for one in self.inbox(mobile)]}"
        )
        raise StoryDiffers(message)

    def inbox(self, mobile: str) -> list[dict[str, Any]]:
        """Return what the carrier of this machine delivered to a mobile, newest first."""
        reply = self.send("GET", "/_local/sms", format="json", to=mobile)
        messages: list[dict[str, Any]] = reply.body
        return messages

    def until(self, what: str, method: str, path: str, token: str, wanted: dict[str, object], **more: Any) -> Reply:  # noqa: ANN401 -- body, has
        """Repeat a question until it is answered with 200 and these members: what a workflow does takes a moment.

        `has` names a member that must be there and not empty, `body` is sent along.
        """
        give_up = time.monotonic() + _WAIT_SECONDS
        while True:
            reply = self.send(method, path, more.get("body"), token=token)
            if _is_wanted(reply, wanted, more.get("has")):
                self.story.show(method, path, reply)
                return reply
            if time.monotonic() > give_up:
                message = f"{what}: still {reply.status} {reply.body!r} instead of {wanted!r}"
                raise StoryDiffers(message)
            time.sleep(_LOOK_AGAIN_SECONDS)

    def fire(self, schedule: str) -> None:
        """Let a schedule come by now."""
        listed = self.send("GET", "/_local/schedules", format="json").body
        for one in listed:
            if one["schedule"].startswith(schedule):
                self.story.show("POST", f"/_local/schedules/{one['schedule']}", self.send("POST", f"/_local/schedules/{one['schedule']}"))

    def now(self) -> float:
        """Return the seconds since 1970 by the clock that functions see."""
        return datetime.fromisoformat(self.send("GET", "/_local/clock", format="json")["now"]).timestamp()

    def advance(self, **by: float) -> None:
        """Move the clock of this machine (keywords of timedelta)."""
        seconds = timedelta(**by).total_seconds()
        reply = self.send("POST", "/_local/clock", {"advance_seconds": seconds})
        self.story.note(f"the clock is moved by {timedelta(**by)}: it is {reply['now']}")

    def press_phone(self, scanned: str) -> None:
        """Play the telephone that scanned a face check's code: the sandbox's provider then sends its signed call-back."""
        address = urlsplit(scanned)
        self._exchange(address.netloc, "POST", f"{address.path}?{address.query}&outcome=passed", b"", {})

    def _exchange(self, netloc: str, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        connection = http.client.HTTPConnection(netloc, timeout=30, source_address=self._source)
        try:
            return exchanged(connection, method, target, body, headers)
        finally:
            connection.close()


def exchanged(connection: http.client.HTTPConnection, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> Reply:
    """Send a request over a connection and return the answer."""
    connection.request(method, target, body, headers)
    answered = connection.getresponse()
    text = answered.read().decode("utf-8", "replace")
    is_json = "json" in (answered.getheader("content-type") or "")
    return Reply(answered.status, json.loads(text) if is_json and text else text, dict(answered.getheaders()))


def _is_wanted(reply: Reply, wanted: dict[str, object], has: str | None) -> bool:
    if reply.status != http.HTTPStatus.OK or not isinstance(reply.body, dict):
        return False
    return all(reply.body.get(name) == value for name, value in wanted.items()) and (has is None or bool(reply.body.get(has)))
