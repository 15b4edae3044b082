"""Acting again where two act at the same moment."""

from collections.abc import Callable

from expertgate.errors.edge import ChangedMeanwhile

_ATTEMPTS = 3


def until_settled[Answer](act: Callable[[], Answer]) -> Answer:
    """Act again where somebody wrote the same rows at the same moment: the loser of a race looks again and is told what it finds."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return act()
        except ChangedMeanwhile:
            continue
    return act()
