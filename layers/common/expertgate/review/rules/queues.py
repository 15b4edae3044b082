"""Which queue a case lies in, spread over partitions where a whole country meets (REV-02)."""

from zlib import crc32

from expertgate.review.model import Case, CaseState, Level

_NATION_WIDE = frozenset({"national", "platform"})
_SPREAD = 8
CHECK_SHARDS = 8


def queue_of(case: Case) -> str | None:
    """Return the partition of the queue that shows the case; none when it has ended."""
    if not case.state.is_open:
        return None
    return lane_of(case.here, case.state, case.id)


def lane_of(level: Level, state: CaseState, case_id: str) -> str:
    """Return the partition in which a case lies at a level."""
    return _queue(level.bureau, state, shard(case_id, _SPREAD if is_nation_wide(level) else 1))


def is_nation_wide(level: Level) -> bool:
    """Tell whether the cases of a whole country meet at this level."""
    return level.name in _NATION_WIDE


def queues(bureau: str, state: CaseState, *, nation_wide: bool) -> list[str]:
    """Return all partitions in which cases of a bureau and state lie."""
    return [_queue(bureau, state, one) for one in range(_SPREAD if nation_wide else 1)]


def shard(identifier: str, count: int) -> int:
    """Return the shard of an id, the same in every process."""
    return crc32(identifier.encode()) % count


def _queue(bureau: str, state: CaseState, number: int) -> str:
    return f"{bureau}#{state.value}#{number}"
