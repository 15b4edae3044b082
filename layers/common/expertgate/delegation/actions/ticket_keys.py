"""Turning the keys of entry tickets (DEL-12)."""

from datetime import datetime, timedelta
from typing import Any

from expertgate.caller import Caller
from expertgate.delegation import ticket_keys
from expertgate.delegation.ticket_keys import TicketKeyRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant
from expertgate.outbound.world import World
from expertgate.settings import LIMITS


def rotate_ticket_keys(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Make the first key, or the next one a day before it signs; drop those that are outlived. Run again it changes nothing."""
    del event
    change, rows = Change(world, caller), ticket_keys.published()
    made = ticket_keys.add_key(change, _signs_from(change, rows)) if _is_time(change, rows) else None
    dropped = ticket_keys.outlived(rows, change.now)
    for row in dropped:
        change.delete(row)
    if made or dropped:
        change.audit("delegation:ticket_keys:turned", subject="TICKET-KEYS", made=made, dropped=[row.sk for row in dropped])
        change.commit(None)
    return {"made": made, "dropped": [row.sk for row in dropped]}


def _is_time(change: Change, rows: list[TicketKeyRow]) -> bool:
    life = timedelta(seconds=LIMITS.ticket_key_life)
    return all(instant(row.made) + life <= change.now for row in rows)


def _signs_from(change: Change, rows: list[TicketKeyRow]) -> datetime:
    return change.now + timedelta(seconds=LIMITS.ticket_key_published_before) if rows else change.now
