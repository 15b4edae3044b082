"""What a process keeps for a little while, because everybody reads the same few rows and their key would get hot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any


class Memory:
    """Keeps what was read by name until it is too old; only what may be a little late: never a session, a grant, a case."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._kept: dict[str, tuple[datetime, Any]] = {}

    def recall[Read](self, name: str, now: datetime, seconds: int, read: Callable[[], Read]) -> Read:
        """Return what was read within so many seconds, else read it; nothing found is not kept, so that the first row is seen at once."""
        held = self._kept.get(name)
        if held is not None and timedelta(0) <= now - held[0] < timedelta(seconds=seconds):
            known: Read = held[1]
            return known
        found = read()
        if found:
            self._kept[name] = now, found
        return found
