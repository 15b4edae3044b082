"""The second factor: time-based one-time passwords (RFC 6238, SHA-1, 30 seconds, 6 digits) and recovery codes."""

import hmac
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
_DRIFT = 1
_ISSUER = "ExpertGate"


def accepted_step(secret: str, code: str, now: datetime, last_used: int) -> int | None:
    """Return the step whose code this is, one step of drift allowed, never one already used (RFC 6238, 5.2)."""
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        if step > last_used and hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def code_at(secret: str, step: int) -> str:
    """Return the code of one step (RFC 4226, 5.3)."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def new_secret(random: bytes) -> str:
    """Return twenty random bytes as authenticator apps read them."""
    return b32encode(random[:20]).decode()


def provisioning_uri(secret: str, user_name: str) -> str:
    """Return what is shown as a QR code to set up an authenticator app."""
    label = quote(f"{_ISSUER}:{user_name}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': _ISSUER, 'digits': DIGITS, 'period': STEP_SECONDS})}"
