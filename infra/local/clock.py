"""The machine's shiftable clock: a file with seconds that the layer's clock adds, so that a demo reaches next year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.local.state import State

FILE = "clock"
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)  # beyond, a grant has no last instant


class LocalClock:
    """Tells and moves the time that functions see."""

    def __init__(self, state: State) -> None:
        """Remember the file; it is kept over restarts like everything else."""
        self._state = state

    @property
    def file(self) -> Path:
        """Return the file that functions read."""
        return self._state.path(FILE)

    @property
    def shift(self) -> float:
        """Return by how many seconds the clock is ahead."""
        try:
            return float(self.file.read_text() or 0)
        except FileNotFoundError:
            return 0.0

    def now(self) -> datetime:
        """Return the shifted instant."""
        return datetime.now(UTC) + timedelta(seconds=self.shift)

    def advance(self, seconds: float) -> None:
        """Move the clock by some seconds."""
        self._write(self.shift + seconds)

    def set(self, instant: datetime) -> None:
        """Make it that instant now; an instant without a zone is in Asia/Shanghai's day and so refused by the caller."""
        self._write((instant - datetime.now(UTC)).total_seconds())

    def _write(self, shift: float) -> None:
        """Keep the shift; one with which nobody could tell the time any more would stop the machine for good."""
        if not (_FIRST - datetime.now(UTC)).total_seconds() <= shift <= (_LAST - datetime.now(UTC)).total_seconds():
            raise ValueError(f"the clock goes between {_FIRST.year} and {_LAST.year}")
        self._state.write_bytes(FILE, f"{shift:.3f}".encode())
