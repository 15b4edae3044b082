"""The port of face checks (ID-04, ID-05): start one, and read what the provider's signed call-back says. A sandbox, and HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from expertgate.outbound.keys import same
from expertgate.outbound.sandbox import sample_person
from expertgate.settings import LIMITS, Settings, settings

RESULT_PATH = "/v1/face-results"
_LONGEST_NONCE = 64
_SHORTEST_NONCE = 16


class FaceSilent(Exception):
    """The provider does not take the check now."""


@dataclass(frozen=True, slots=True)
class FaceAsked:
    """Whose face is asked for; `state` comes back with the result and shows that it belongs to this check."""

    check_id: str
    state: str
    name: str
    document_type: str
    number: str
    channel: str


@dataclass(frozen=True, slots=True)
class FaceResult:
    """What the provider says of one check, its signature and time being right."""

    check_id: str
    state: str
    has_passed: bool
    nonce: str


class FaceProvider(Protocol):
    """Looks at a person's face on his telephone."""

    def start(self, asked: FaceAsked) -> str:
        """Return the address the telephone opens.

        Raises FaceSilent.
        """


class SandboxFace:
    """A provider whose telephone is a page of the local machine: somebody presses "pass" or "fail" there."""

    def __init__(self, public_url: str) -> None:
        """Remember where the page is."""
        self._url = public_url.rstrip("/")

    def start(self, asked: FaceAsked) -> str:
        """Return the page of this check."""
        sample = sample_person(asked.number)
        if sample is not None and sample.face == "down":
            raise FaceSilent
        return f"{self._url}/_local/face/{asked.check_id}?state={asked.state}"


class HttpFace:
    """A provider over HTTP, each request signed."""

    def __init__(self, url: str, secret: str, public_url: str) -> None:
        """Remember where it is, what signs, and where it calls back."""
        self._url = url.rstrip("/")
        self._secret = secret
        self._back = public_url.rstrip("/") + RESULT_PATH

    def start(self, asked: FaceAsked) -> str:
        """Ask `POST /checks` and return the address it answers."""
        from expertgate.outbound.signed import ProviderAnsweredBadly, post_signed  # noqa: PLC0415 -- only where this provider is chosen

        document: dict[str, object] = {
            "check": asked.check_id,
            "state": asked.state,
            "name": asked.name,
            "document_type": asked.document_type,
            "number": asked.number,
            "channel": asked.channel,
            "call_back": self._back,
            "seconds": LIMITS.face_flow_life,
        }
        try:
            url = post_signed(f"{self._url}/checks", self._secret, document).get("url")
        except ProviderAnsweredBadly as exc:
            raise FaceSilent from exc
        if not isinstance(url, str) or not url.startswith("https://"):
            raise FaceSilent
        return url


def choose_face(settings: Settings) -> FaceProvider:
    """Return the provider the deployment asks for."""
    if settings.providers == "http":
        return HttpFace(settings.face_url, settings.provider_secret, settings.public_url)
    return SandboxFace(settings.public_url)


def read_result(headers: Mapping[str, str], body: str, now: datetime) -> FaceResult | None:
    """Return what a call-back says, or None for one that is forged, changed, too old or too early, or no result at all."""
    from expertgate.outbound.signed import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, sign  # noqa: PLC0415 -- only the call-back's door

    instant, nonce = headers.get(TIME_HEADER) or "", headers.get(NONCE_HEADER) or ""
    expected = sign(settings().provider_secret, f"POST {RESULT_PATH}", instant, nonce, body)
    if not same(headers.get(SIGNATURE_HEADER) or "", expected):
        return None
    is_timely = instant.isascii() and instant.isdigit() and abs(now.timestamp() - int(instant)) <= LIMITS.callback_skew
    if not is_timely or not _SHORTEST_NONCE <= len(nonce) <= _LONGEST_NONCE:
        return None
    return _result(body, nonce)


def _result(body: str, nonce: str) -> FaceResult | None:
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    check_id, state, outcome = said.get("check"), said.get("state"), said.get("outcome")
    if not isinstance(check_id, str) or not isinstance(state, str) or outcome not in {"passed", "failed"}:
        return None
    return FaceResult(check_id, state, outcome == "passed", nonce)
