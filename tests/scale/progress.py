"""A bar on standard error for what takes minutes: how many of how many, since when, and how long it may still take."""

import sys
import time
from types import TracebackType
from typing import Self

_WIDTH = 30


class Progress:
    """One bar; where nobody looks (no terminal) it says a line each tenth."""

    def __init__(self, what: str, number: int) -> None:
        """Begin at nothing."""
        self._what, self._number = what, max(1, number)
        self._began, self._tenth = time.monotonic(), -1

    def __enter__(self) -> Self:
        """Show that it begins."""
        self.at(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the bar where it is."""
        if sys.stderr.isatty():
            sys.stderr.write("\n")

    def at(self, done: int) -> None:
        """Show how many are done."""
        part, seconds = done / self._number, time.monotonic() - self._began
        left = f", {seconds / part - seconds:.0f} s left" if 0 < part < 1 else ""
        line = f"{done:,} of {self._number:,} {self._what}, {seconds:.0f} s{left}"
        if sys.stderr.isatty():
            full = int(part * _WIDTH)
            sys.stderr.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {line}\033[K")
        elif int(part * 10) > self._tenth:
            self._tenth = int(part * 10)
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
