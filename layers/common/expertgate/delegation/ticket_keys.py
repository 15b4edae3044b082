"""The keys that sign entry tickets: sealed in the keys table, published before they sign, kept until the last ticket is over (DEL-12)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from expertgate.errors.edge import TryAgain
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS, variable

ALGORITHM = "ES256"
_ALL = "TICKETS"
_MOST = 10
# Whoever fetched the keys may go on using them for an hour: Cache-Control of the door that publishes them.
CACHED = HOUR


class TicketKeyRow(Row):
    """One key; sealed: its private half."""

    class Meta:
        """In the table of keys."""

        table_name = variable("KEYS_TABLE")

    public = JSONAttribute()
    made = UnicodeAttribute()
    signs_from = UnicodeAttribute()


@dataclass(frozen=True)
class SigningKey:
    """What signs now: the key's id and its private half."""

    id: str
    pem: str


def published() -> list[TicketKeyRow]:
    """Return the keys that tickets may be signed with, oldest first."""
    return list(TicketKeyRow.query(_ALL, consistent_read=True, limit=_MOST, page_size=_MOST))


def public_key(world: World, key_id: str) -> dict[str, Any] | None:
    """Return the public half of a key as JWK, None for one we do not know."""
    now, name = world.clock.now(), f"{_ALL}#{key_id}"
    row = world.memory.recall(name, now, LIMITS.ticket_keys_kept, lambda: TicketKeyRow.find(_ALL, key_id))
    return dict(row.public) if row else None


def signing_key(world: World) -> SigningKey:
    """Return the newest key whose time to sign has come.

    Raises TryAgain before the first one was made.
    """
    now = world.clock.now()
    # Kept: each entry of the country signs. A newer key is published a day before it signs, so that nobody misses it.
    known = world.memory.recall(_ALL, now, LIMITS.ticket_keys_kept, published)
    ready = [row for row in known if instant(row.signs_from) <= now]
    if not ready:
        raise TryAgain
    newest = max(ready, key=lambda row: row.signs_from)
    return SigningKey(newest.sk, str(newest.unseal(world.keys)["pem"]))


def add_key(change: Change, signs_from: datetime) -> str:
    """Add a new key to the change and return its id."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 -- only where a key is made
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from jwt.algorithms import ECAlgorithm  # noqa: PLC0415

    key_id = change.world.codes.ulid(change.now)
    private = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    row = TicketKeyRow(
        pk=_ALL,
        sk=key_id,
        public={**jwk, "kid": key_id, "use": "sig", "alg": ALGORITHM},
        made=stamp(change.now),
        signs_from=stamp(signs_from),
    )
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    row.seal(change.world.keys, {"pem": pem.decode()})
    change.put(row)
    return key_id


def outlived(rows: list[TicketKeyRow], now: datetime) -> list[TicketKeyRow]:
    """Return the keys no ticket can be signed with any more: a newer one has signed for longer than a ticket lives."""
    margin = timedelta(seconds=LIMITS.ticket_life + CACHED)
    return [row for row in rows if any(one.signs_from > row.signs_from and instant(one.signs_from) + margin <= now for one in rows)]
