"""The clock: the only place that asks what time it is."""

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time in UTC, in whole milliseconds: what is answered at once is what is read back later."""

    def now(self) -> datetime:
        """Return the present instant, aware, UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant."""
        return _whole(datetime.now(UTC))


class ShiftedClock:
    """The machine's clock moved by the seconds written in a file: only for one machine, so that a demo can reach the end of a grant."""

    def __init__(self, file: Path) -> None:
        """Remember the file; it is looked at at each question, so that all processes move together, and read when it is another one."""
        self._file = file
        self._read: tuple[object, timedelta] = (None, timedelta())

    def now(self) -> datetime:
        """Return the shifted instant."""
        try:
            found = os.stat(self._file)  # noqa: PTH116 -- a Path would cost ten times the call
        except FileNotFoundError:
            return _whole(datetime.now(UTC))
        seen = found.st_ino, found.st_mtime_ns, found.st_size
        if seen != self._read[0]:
            self._read = seen, timedelta(seconds=float(self._file.read_text() or 0))
        return _whole(datetime.now(UTC) + self._read[1])


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@lru_cache(maxsize=16)  # a change says its instant half a dozen times
def stamp(instant: datetime) -> str:
    """Return an instant as it is stored: UTC, milliseconds, sorts as text."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(stamped: str) -> datetime:
    """Return the instant of a stored stamp."""
    return datetime.fromisoformat(stamped)
