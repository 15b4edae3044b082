"""Requests to providers, signed: HMAC-SHA256 over instant, nonce and body, so that neither can be forged, changed or replayed."""

import hmac
import json
import secrets
import time
from hashlib import sha256
from typing import Any

from botocore.awsrequest import AWSRequest
from botocore.exceptions import HTTPClientError
from botocore.httpsession import URLLib3Session

CONNECT_SECONDS = 2
ANSWER_SECONDS = 4
_CLIENT_FAULTS = range(400, 500)
_SLOW_DOWN = 429
_OK = 200


class ProviderAnsweredBadly(Exception):
    """No answer or none that can be used; `final` when the same request will fail again."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        """Keep the reason as a code."""
        super().__init__(reason)
        self.reason = reason
        self.final = final


def sign(secret: str, instant: str, nonce: str, body: str) -> str:
    """Return the signature of a body sent at an instant (seconds since 1970) with a nonce."""
    return hmac.new(secret.encode(), f"{instant}\n{nonce}\n{body}".encode(), sha256).hexdigest()


def signed_headers(secret: str, body: str, now: float) -> dict[str, str]:
    """Return the three headers that make a request trustworthy."""
    instant, nonce = str(int(now)), secrets.token_hex(16)
    return {"x-provider-time": instant, "x-provider-nonce": nonce, "x-provider-signature": sign(secret, instant, nonce, body)}


def post_signed(url: str, secret: str, document: dict[str, object]) -> dict[str, Any]:
    """Post a JSON document and return the JSON answer.

    Raises ProviderAnsweredBadly. The signature carries the machine's own time: the provider compares it with the real world's.
    """
    body = json.dumps(document, ensure_ascii=False)
    headers = {"content-type": "application/json", **signed_headers(secret, body, time.time())}
    session = URLLib3Session(timeout=(CONNECT_SECONDS, ANSWER_SECONDS))
    try:
        answered = session.send(AWSRequest("POST", url, headers=headers, data=body.encode()).prepare())
    except HTTPClientError as exc:
        raise ProviderAnsweredBadly(type(exc).__name__) from exc
    if answered.status_code != _OK:
        final = answered.status_code in _CLIENT_FAULTS and answered.status_code != _SLOW_DOWN
        raise ProviderAnsweredBadly(f"status_{answered.status_code}", final=final)
    try:
        document_back: dict[str, Any] = json.loads(answered.content)
    except ValueError as exc:
        raise ProviderAnsweredBadly("not_json") from exc
    return document_back
