"""Many at once: the same request from many threads, let go together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

THREADS = 16


def at_once[Result](acts: list[Callable[[], Result]], threads: int = THREADS) -> list[Result]:
    """Run all acts in threads that start together, and return what each came to."""
    width = min(threads, len(acts))
    gate = Barrier(width)

    def run(place: int) -> Result:
        if place < width:
            gate.wait(10)
        return acts[place]()

    with ThreadPoolExecutor(width) as pool:
        return list(pool.map(run, range(len(acts))))


def needs_engine(engine: Any) -> None:
    """Leave a race out where only moto is there: its tables have no locks, a race on them proves nothing."""
    if engine is None:
        pytest.skip("races need dynoxide")
