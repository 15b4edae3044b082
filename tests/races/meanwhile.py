"""What somebody else does between a look and the writing: the same race each time, on any engine."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from expertgate.outbound.aws import client


@contextmanager
def meanwhile(act: Callable[[], object], skipped: int = 0, before: str = "TransactWriteItems") -> Iterator[None]:
    """Let something happen once all is read and before the next transaction (or other call) is written, or a later one after `skipped`.

    It happens in a thread of its own: neither policy nor budget of the action that is met are those of who meets it.
    """
    left = [None] * skipped

    def happen(model: Any, **_: Any) -> None:
        if model.name != before:
            return
        if left:
            left.pop()
            return
        events.unregister("before-call", unique_id="meanwhile")
        with ThreadPoolExecutor(1) as other:
            other.submit(act).result()

    events = client("dynamodb").meta.events
    events.register_first("before-call", happen, unique_id="meanwhile")
    try:
        yield
    finally:
        events.unregister("before-call", unique_id="meanwhile")
