"""Where randomness comes from: codes, secrets, ids."""

import secrets
from datetime import datetime
from typing import Protocol

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CodeSource(Protocol):
    """Makes what nobody may guess."""

    def digits(self, count: int) -> str:
        """Return that many decimal digits."""

    def secret(self) -> str:
        """Return 256 bits as URL-safe text."""

    def ulid(self, now: datetime) -> str:
        """Return a new identifier that sorts by time."""


class SystemCodes:
    """The operating system's generator."""

    def digits(self, count: int) -> str:
        """Return that many decimal digits."""
        return f"{secrets.randbelow(10**count):0{count}d}"

    def secret(self) -> str:
        """Return 256 bits as URL-safe text."""
        return secrets.token_urlsafe(32)

    def ulid(self, now: datetime) -> str:
        """Return 48 bits of milliseconds and 80 random bits in Crockford's alphabet (ULID)."""
        return ulid(now, secrets.randbits(80))


def ulid(now: datetime, random: int) -> str:
    """Return the ULID of an instant and 80 random bits."""
    number = (int(now.timestamp() * 1000) << 80) | random
    return "".join([_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5)])
