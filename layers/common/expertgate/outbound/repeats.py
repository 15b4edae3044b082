"""Repeated requests: the row of an Idempotency-Key is part of the action's own transaction and keeps its answer, sealed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from expertgate.caller import Repeat
from expertgate.errors.edge import IdempotencyKeyReused, TryAgain
from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.rows import ONLY, Key, Row
from expertgate.settings import LIMITS, variable

if TYPE_CHECKING:
    from pydantic import BaseModel

    from expertgate.outbound.world import World


# What an Idempotency-Key looks like.
KEY_FORM = r"[A-Za-z0-9_-]{8,64}"
# By what somebody without a session shows who he is, where it is not in the body.
_CREDENTIALS = ("authorization", "recovery-ticket")


class RepeatRow(Row):
    """The answer given to a request with this key; dropped after a day."""

    class Meta:
        """In the table with a time to live."""

        table_name = variable("REPEATS_TABLE")

    fingerprint = UnicodeAttribute()
    status = NumberAttribute()


class AlreadyDone(Exception):
    """The request was carried out before; here is its answer."""

    def __init__(self, status: int, body: str) -> None:
        """Keep status and body as they were sent."""
        super().__init__()
        self.status = status
        self.body = body


def as_shown(kind: str, headers: Mapping[str, str]) -> str:
    """Return whose key it is without a session: who has not the secret or ticket of the first request does not get its answer."""
    return "|".join([kind, *(headers[name] for name in _CREDENTIALS if name in headers)])


def repeat_row(world: "World", repeat: Repeat, answer: "BaseModel | str | None", now: datetime) -> RepeatRow:
    """Return the row that keeps this answer for a day.

    Raises TypeError for what is no door's answer: a repeat would be told something else than the first request.
    """
    if answer is None or isinstance(answer, str):
        message = "a change of a request that may be repeated is committed with the door's answer"
        raise TypeError(message)
    body = answer.model_dump_json()
    expires = int(now.timestamp()) + LIMITS.repeat_life
    row = RepeatRow(pk=repeat.pk, fingerprint=repeat.fingerprint, status=repeat.status, expires=expires)
    row.seal(world.keys, {"body": body})
    return row


def done_before(world: "World", repeat: Repeat) -> AlreadyDone | None:
    """Return the earlier answer to the same request, or None.

    Raises IdempotencyKeyReused where the key belongs to another request.
    """
    return answered_by(world, repeat, RepeatRow.find(repeat.pk))


def repeat_key(repeat: Repeat) -> Key:
    """Return where the row of this request lies, to be read together with others."""
    return RepeatRow, repeat.pk, ONLY


def answered_by(world: "World", repeat: Repeat, row: Row | None) -> AlreadyDone | None:
    """Return the earlier answer that this row keeps, or None.

    Raises IdempotencyKeyReused where the key belongs to another request.
    """
    if not isinstance(row, RepeatRow) or (row.expires or 0) <= world.clock.now().timestamp():
        return None
    if row.fingerprint != repeat.fingerprint:
        raise IdempotencyKeyReused
    return AlreadyDone(int(row.status), str(row.unseal(world.keys)["body"]))


def replay(world: "World", repeat: Repeat) -> NoReturn:
    """Raise the earlier answer: the transaction has just shown that there is one."""
    done = done_before(world, repeat)
    raise done or TryAgain
