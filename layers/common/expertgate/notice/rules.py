"""When a short message is tried again, and when no more."""

from datetime import datetime, timedelta

from expertgate.settings import LIMITS

LEASE = timedelta(seconds=LIMITS.sms_lease)
OPEN, PARKED = "due", "parked"  # what the index `by_due` keeps, each in partitions of its own


def shard_of(notice_id: str, kept: str = OPEN) -> str:
    """Return the partition of the open or the parked notices this one lies in; a hot minute must not fall into one partition.

    A row keeps the partition it was written to, so `message_shards` may grow at any time and must never shrink: `shards` names all old
    ones, too.
    """
    return f"{kept}#{sum(notice_id.encode()) % LIMITS.message_shards}"


def shards(kept: str = OPEN) -> tuple[str, ...]:
    """Return all partitions of the open or the parked notices."""
    return tuple(f"{kept}#{number}" for number in range(LIMITS.message_shards))


def is_over(told_at: datetime, ends: float | None, now: datetime) -> bool:
    """Tell whether a parked message is told nobody any more: past the end of its secret, or too old."""
    return (ends is not None and now.timestamp() >= ends) or now - told_at >= timedelta(seconds=LIMITS.parked_life)


def next_try_after(attempts: int) -> timedelta | None:
    """Return how long to wait after that many attempts, four times as long each time up to an hour; None when it is given up."""
    if attempts >= LIMITS.sms_attempts:
        return None
    return timedelta(seconds=min(LIMITS.sms_retry_first * 4 ** (attempts - 1), LIMITS.sms_retry_longest))


def is_worn_out(attempts: int) -> bool:
    """Tell whether a try is one more than there may be: the last one left no word of how it ended."""
    return attempts > LIMITS.sms_attempts
