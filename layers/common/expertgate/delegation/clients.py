"""Credentials of downstream systems: secrets kept hashed, two of them good for a while when one is renewed (DEL-12)."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from expertgate.errors.delegation import ClientUnknown
from expertgate.outbound.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import hash_secret, same
from expertgate.outbound.rows import Row
from expertgate.settings import LIMITS, variable

_ALL = "CLIENTS"


class ClientRow(Row):
    """One service client; there are as many as systems behind the gate, so they share a partition."""

    class Meta:
        """In the table of grants."""

        table_name = variable("GRANTS_TABLE")

    name = UnicodeAttribute()
    services = JSONAttribute()
    scopes = JSONAttribute()
    secrets = JSONAttribute()
    enabled = BooleanAttribute(default=True)
    made = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client shows to get a token."""

    client_id: str
    secret: str


def client_row(client_id: str) -> ClientRow | None:
    """Return a service client, or None."""
    return ClientRow.find(_ALL, client_id)


def client_with_id(client_id: str) -> ClientRow:
    """Return a service client.

    Raises ClientUnknown.
    """
    row = client_row(client_id)
    if row is None:
        raise ClientUnknown
    return row


def new_client(client_id: str, name: str, services: list[str], scopes: list[str], now: datetime) -> ClientRow:
    """Return the row of a new client, without secrets yet."""
    return ClientRow(pk=_ALL, sk=client_id, name=name, services=services, scopes=scopes, secrets=[], made=stamp(now))


def all_clients() -> list[ClientRow]:
    """Return all service clients."""
    return list(ClientRow.query(_ALL, consistent_read=True, page_size=LIMITS.page_size_most))


def with_secret(row: ClientRow, secret: str, now: datetime, old_until: datetime | None) -> None:
    """Add a secret; the one before it ends at `old_until`, older ones now, without it all of them."""
    last = [{**one, "until": one["until"] or stamp(old_until)} for one in row.secrets[-1:]] if old_until else []
    row.secrets = [*last, {"hash": hash_secret(secret), "made": stamp(now), "until": None}]


def knows(row: ClientRow, secret: str, now: datetime) -> bool:
    """Tell whether the secret is one of the client's good ones."""
    hashed = hash_secret(secret)
    good = [one for one in row.secrets if one["until"] is None or now < instant(one["until"])]
    return any([same(one["hash"], hashed) for one in good])  # noqa: C419 -- each is compared, whichever fits


def from_basic(authorization: str | None) -> Credentials | None:
    """Read HTTP Basic credentials, form-encoded inside as RFC 6749 (2.3.1) has it."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Credentials(unquote_plus(user), unquote_plus(password))
