"""Identifiers: 26 characters whose order is the order of their making (the ULID layout)."""

from datetime import UTC, datetime, timedelta
from typing import NewType

AccountId = NewType("AccountId", str)
UnitId = NewType("UnitId", str)
GrantId = NewType("GrantId", str)
CaseId = NewType("CaseId", str)
BureauCode = NewType("BureauCode", str)

RANDOM_BYTES = 10
LENGTH = 26
# Crockford's alphabet: no I, L, O, U, so that an id read over the telephone arrives.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def new_id(instant: datetime, random_bytes: bytes) -> str:
    """Make an id from an instant and ten random bytes."""
    if len(random_bytes) != RANDOM_BYTES:
        message = f"an id takes {RANDOM_BYTES} random bytes"
        raise ValueError(message)
    milliseconds = (instant - _EPOCH) // _MILLISECOND
    value = milliseconds << 80 | int.from_bytes(random_bytes)
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def made_at(made: str) -> datetime:
    """The instant an id was made at, to the millisecond."""
    value = 0
    for one in made[:10]:
        value = value << 5 | _ALPHABET.index(one)
    return _EPOCH + value * _MILLISECOND


def is_id(text: str) -> bool:
    """Whether a text has the form of an id; the first character holds three bits."""
    return len(text) == LENGTH and text[0] in _ALPHABET[:8] and all(one in _ALPHABET for one in text)
