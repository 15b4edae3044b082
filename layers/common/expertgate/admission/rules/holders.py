"""Who holds a project once accounts were joined: the desk keeps its name, the successor stands for it (ADM-10, ADM-14)."""

from collections.abc import Iterable, Iterator, Mapping

from expertgate.admission.model import Assignment, Succession

JOINED = "joined"

type Successions = Mapping[str, Succession]


def holder_of(desk: str | None, successions: Successions) -> str | None:
    """Return who stands for a desk now."""
    seen: set[str] = set()
    while desk is not None and desk in successions and desk not in seen:
        seen.add(desk)
        desk = successions[desk].into
    return desk


def with_successors(made: Iterable[Assignment], successions: Successions) -> list[Assignment]:
    """Return the assignments, newest first, with those that a join brought about while a project lay on a desk."""
    until: str | None = None
    whole: list[Assignment] = []
    for one in made:
        whole += [*reversed(list(_joins(one, until, successions))), one]
        until = one.at
    return whole


def _joins(one: Assignment, until: str | None, successions: Successions) -> Iterator[Assignment]:
    """Yield who took over from the holder of an assignment while it lasted, oldest first."""
    desk, since, seen = one.desk, one.at, set[str]()
    while desk is not None and desk in successions and desk not in seen:
        seen.add(desk)
        following = successions[desk]
        if following.at < since or (until is not None and following.at >= until):
            return
        yield Assignment(following.into, JOINED, following.at)
        desk, since = following.into, following.at
