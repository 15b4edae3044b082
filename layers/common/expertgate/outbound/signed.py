"""What goes to and comes from providers, signed: HMAC-SHA256 over method, path, instant, nonce and body."""

import hmac
import json
import secrets
import time
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session

TIME_HEADER = "x-provider-time"
NONCE_HEADER = "x-provider-nonce"
SIGNATURE_HEADER = "x-provider-signature"
CONNECT_SECONDS = 2
ANSWER_SECONDS = 4
_CLIENT_FAULTS = range(400, 500)
# What is not the request's own fault: a secret that is just being changed on one side, a time-out, too many.
_COME_AGAIN = {401, 403, 408, 429}
_OK = 200


class ProviderAnsweredBadly(Exception):
    """No answer or none that can be used; `final` when the same request will fail again."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        """Keep the reason as a code."""
        super().__init__(reason)
        self.reason = reason
        self.final = final


def sign(secret: str, target: str, instant: str, nonce: str, body: str) -> str:
    """Return the signature of a body sent to a target ("POST /path") at an instant (seconds since 1970) with a nonce."""
    return hmac.new(secret.encode(), f"{target}\n{instant}\n{nonce}\n{body}".encode(), sha256).hexdigest()


def signed_headers(secret: str, target: str, body: str, now: float) -> dict[str, str]:
    """Return the three headers that make a request trustworthy."""
    instant, nonce = str(int(now)), secrets.token_hex(16)
    signature = sign(secret, target, instant, nonce, body)
    return {TIME_HEADER: instant, NONCE_HEADER: nonce, SIGNATURE_HEADER: signature}


def post_signed(url: str, secret: str, document: dict[str, object]) -> dict[str, Any]:
    """Post a JSON document and return the JSON answer.

    Raises ProviderAnsweredBadly. The signature carries the machine's own time: the provider compares it with the real world's.
    """
    body = json.dumps(document, ensure_ascii=False)
    target = f"POST {urlsplit(url).path or '/'}"
    headers = {"content-type": "application/json", **signed_headers(secret, target, body, time.time())}
    session = URLLib3Session(timeout=(CONNECT_SECONDS, ANSWER_SECONDS))
    try:
        answered = session.send(AWSRequest("POST", url, headers=headers, data=body.encode()).prepare())
    except BotoCoreError as exc:
        raise ProviderAnsweredBadly(type(exc).__name__) from exc
    if answered.status_code != _OK:
        final = answered.status_code in _CLIENT_FAULTS and answered.status_code not in _COME_AGAIN
        raise ProviderAnsweredBadly(f"status_{answered.status_code}", final=final)
    return _document(answered.content)


def _document(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError as exc:
        raise ProviderAnsweredBadly("not_json") from exc
    if not isinstance(document, dict):
        raise ProviderAnsweredBadly("not_an_object")
    return document
