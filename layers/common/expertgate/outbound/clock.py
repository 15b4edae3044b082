"""The clock: the only place that asks what time it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved by the seconds written in a file: only for one machine, so that a demo can reach the end of a grant."""

    def __init__(self, file: Path) -> None:
        """Remember the file; it is read at each question, so that all processes move together."""
        self._file = file

    def now(self) -> datetime:
        """Return the shifted instant."""
        try:
            shift = float(self._file.read_text() or 0)
        except FileNotFoundError:
            shift = 0.0
        return datetime.now(UTC) + timedelta(seconds=shift)


def stamp(instant: datetime) -> str:
    """Return an instant as it is stored: UTC, milliseconds, sorts as text."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(stamped: str) -> datetime:
    """Return the instant of a stored stamp."""
    return datetime.fromisoformat(stamped)
