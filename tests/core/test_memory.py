"""What a process keeps for a while: read once, read again when old, and never "nothing"."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from expertgate.outbound.memory import Memory

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _answers(*found: list[str]) -> Callable[[], list[str]]:
    return iter(found).__next__


def test_what_was_read_is_kept_for_its_time() -> None:
    memory, read = Memory(), _answers(["a"], ["b"])
    told = [memory.recall("news", NOW + timedelta(seconds=after), 60, read) for after in (0, 59, 60, 61)]
    assert told == [["a"], ["a"], ["b"], ["b"]]


def test_nothing_found_is_looked_for_again() -> None:
    memory, read = Memory(), _answers([], ["a"])
    assert [memory.recall("news", NOW, 60, read) for _ in range(2)] == [[], ["a"]]


def test_a_clock_that_goes_back_reads_again() -> None:
    memory, read = Memory(), _answers(["a"], ["b"])
    assert [memory.recall("news", NOW - timedelta(days=day), 60, read) for day in range(2)] == [["a"], ["b"]]


def test_names_are_kept_apart() -> None:
    memory = Memory()
    assert [memory.recall(name, NOW, 60, _answers([name])) for name in ("a", "b", "a")] == [["a"], ["b"], ["a"]]
