"""The face provider's side: what the telephone was shown, and call-backs as it signs them."""

import json
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

from expertgate.outbound.face import RESULT_PATH
from expertgate.outbound.signed import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, sign
from expertgate.settings import settings
from tests.stage import Answered, Stage


def scanned(started: dict[str, Any]) -> tuple[str, str]:
    """Return check and state out of the address that was scanned or opened."""
    address = urlsplit(started["scan"]["text"] if started["scan"] else started["open_url"])
    return address.path.rsplit("/", 1)[-1], parse_qs(address.query)["state"][0]


def call_back(stage: Stage, check: str, state: str, outcome: str = "passed", **forged: Any) -> Answered:
    """Send a signed call-back; `at`, `nonce`, `secret`, `body` may be forged, a `key` for repeats sent with it."""
    body = forged.get("body", json.dumps({"check": check, "state": state, "outcome": outcome}))
    instant = str(int(forged.get("at", stage.clock.now().timestamp())))
    nonce = forged.get("nonce", secrets.token_hex(16))
    signature = sign(forged.get("secret", settings().provider_secret), f"POST {RESULT_PATH}", instant, nonce, body)
    headers = {TIME_HEADER: instant, NONCE_HEADER: nonce, SIGNATURE_HEADER: signature}
    return stage.call("identity.receive_face_result", raw=forged.get("sent", body), headers=headers, key=forged.get("key"))


def pass_face(stage: Stage, started: dict[str, Any]) -> None:
    """Let the person pass the check that was started."""
    assert call_back(stage, *scanned(started)).status == 200
