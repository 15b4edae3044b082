"""Keeps the memory of the process flat: garbage is looked for, and what the allocator no longer needs goes back to the system."""

import ctypes
import gc
from contextlib import suppress
from threading import Event, Thread
from typing import Final

_EVERY: Final = 60.0


class Tidy:
    """Tidies up once a minute.

    Functions look for garbage seldom, so that they start quickly, and the allocator gives back only the end of its heaps: small things
    that settle in the 19 MB of a hash that is over make the next one take new memory, 20 MB at a time.
    """

    def __init__(self) -> None:
        """Nothing is tidied yet."""
        self._stopped = Event()

    def start(self) -> None:
        """Leave alone what was imported, and begin; call it when everything is there."""
        settle()
        Thread(target=self._run, name="tidy", daemon=True).start()

    def stop(self) -> None:
        """Tidy no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(_EVERY):
            tidy_up()


def settle() -> None:
    """Drop the garbage of the start, then take what is left out of every later search, which so costs milliseconds."""
    gc.collect()
    gc.freeze()


def tidy_up() -> None:
    """Drop the garbage and give free pages back to the system."""
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library has no such thing
        ctypes.CDLL(None).malloc_trim(0)
