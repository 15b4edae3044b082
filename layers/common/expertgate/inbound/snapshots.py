"""SnapStart: what a process restored from a snapshot must not share with its twins."""

import random
from contextlib import suppress
from functools import cache

from expertgate.outbound.aws import forget_clients


def after_restore() -> None:
    """Make clients anew and draw jitter of our own: the connections and the next numbers of a snapshot are the same in every copy."""
    forget_clients()
    random.seed()


@cache
def register() -> None:
    """Ask Lambda's runtime, which brings the library of these hooks, to call `after_restore`; elsewhere there are no snapshots."""
    with suppress(ImportError):
        from snapshot_restore_py import register_after_restore  # noqa: PLC0415 -- only where the runtime has it

        register_after_restore(after_restore)
