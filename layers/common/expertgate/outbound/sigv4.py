"""AWS Signature Version 4 for a POST to "/", as botocore signs it, with the day's key kept."""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

_NOT_SIGNED = frozenset({"authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"})


def authorization(credentials: tuple[str, str], place: tuple[str, str], headers: Mapping[str, str], body: bytes) -> str:
    """Return the Authorization header for these headers (host and x-amz-date among them) and this body.

    `credentials` are access key and secret key, `place` is region and service.
    """
    order, names = _signed(tuple(headers))
    lines = "".join([f"{lower}:{' '.join(headers[name].split())}\n" for lower, name in order])
    canonical = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    instant = headers["X-Amz-Date"]
    scope = f"{instant[:8]}/{place[0]}/{place[1]}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    signature = hmac.digest(_key(credentials[1], instant[:8], *place), text.encode(), "sha256").hex()
    return f"AWS4-HMAC-SHA256 Credential={credentials[0]}/{scope}, SignedHeaders={names}, Signature={signature}"


@lru_cache(maxsize=64)
def _signed(names: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return these headers in the order of the signature, lower case and as they stand, and the list of them; they are the same all day."""
    order = sorted((name.lower(), name) for name in names if name.lower() not in _NOT_SIGNED)
    return tuple(order), ";".join(lower for lower, _ in order)


@lru_cache(maxsize=4)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
