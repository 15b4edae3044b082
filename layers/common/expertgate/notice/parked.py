"""Messages that were given up: what lies there, and sending again what an operator chooses (MSG-02)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from expertgate.caller import Caller
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.notice.rules import is_over
from expertgate.notice.store import NoticeRow, parked, queue_again
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant
from expertgate.outbound.world import World
from expertgate.records import Record
from expertgate.settings import LIMITS

type Keys = Iterable[tuple[str, str]]


class ReasonUnknown(LookupError):
    """Messages are parked, none of them for a reason that was named; it holds the reasons there are. No door answers it."""

    def __init__(self, reasons: Iterable[str]) -> None:
        """Hold the reasons for which messages are parked."""
        super().__init__(", ".join(sorted(reasons)))


class Chosen(Record):
    """Which parked messages are meant: all that fit; an empty choice fits everything."""

    reasons: frozenset[str] = frozenset()
    templates: frozenset[str] = frozenset()
    notices: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    def fits(self, row: NoticeRow) -> bool:
        """Tell whether a message is meant."""
        told_at = instant(row.at)
        named = [(self.reasons, row.reason), (self.templates, row.template), (self.notices, row.sk)]
        in_time = (self.since is None or told_at >= self.since) and (self.until is None or told_at < self.until)
        return in_time and all(not wanted or value in wanted for wanted, value in named)


def count_parked(world: World, chosen: Chosen, keys: Keys) -> dict[str, Any]:
    """Return how many of the messages meant lie there by reason: all, those that are over, the first and last, and by template.

    Raises ReasonUnknown.
    """
    counted: dict[str, Any] = defaultdict(lambda: {"parked": 0, "over": 0, "first": "~", "last": "", "templates": Counter()})
    for row in _meant(chosen, keys):
        here = counted[str(row.reason)]
        here["parked"] += 1
        here["over"] += _is_over(row, world.clock.now())
        here["first"], here["last"] = min(here["first"], row.at), max(here["last"], row.at)
        here["templates"][row.template] += 1
    return dict(sorted(counted.items()))


def send_parked(world: World, caller: Caller, chosen: Chosen, keys: Keys) -> Counter[str]:
    """Queue the messages meant anew, each in a transaction with its audit row, and return what became of them.

    They fall due a few hundred a minute, so that what is told meanwhile does not wait behind them. Raises ReasonUnknown.
    """
    done = Counter({"sent_again": 0, "over": 0, "no_longer_parked": 0})
    for row in _meant(chosen, keys):
        done[_queued(world, caller, row, timedelta(minutes=done["sent_again"] // LIMITS.sent_again_a_minute))] += 1
    return done


def _meant(chosen: Chosen, keys: Keys) -> Iterator[NoticeRow]:
    """Yield what is meant; raise ReasonUnknown behind the last where others are parked and nothing for any of the reasons named.

    One that is there lets those pass that are not: what an earlier run has sent is parked no longer, and the same command must go on.
    """
    there = set[str]()
    for row in parked(keys):
        there.add(str(row.reason))
        if chosen.fits(row):
            yield row
    if chosen.reasons and there and not chosen.reasons & there:
        raise ReasonUnknown(there)


def _queued(world: World, caller: Caller, row: NoticeRow, pause: timedelta) -> str:
    change = Change(world, caller)
    if _is_over(row, change.now):
        return "over"
    queue_again(change, row, change.now + pause)
    change.audit("notice:message:queued_again", subject=row.pk, notice=row.sk, template=row.template, reason=row.reason)
    try:
        change.commit(None)
    except ChangedMeanwhile:
        return "no_longer_parked"
    return "sent_again"


def _is_over(row: NoticeRow, now: datetime) -> bool:
    """Tell whether nothing may be sent any more; a secret was wiped when it was parked."""
    return not row.sealed or is_over(instant(row.at), row.ends, now)
