"""Statistics from counters that were written with what they count (REV-07)."""

from collections import Counter

from expertgate.caller import Caller
from expertgate.catalogue.store import NATIONAL
from expertgate.outbound.world import World
from expertgate.review.model import Duty
from expertgate.review.requests.statistics import CountAnswer, StatisticsAnswer
from expertgate.review.rules.officials import require_duty
from expertgate.review.store.counters import NOW, counts, month_of

_HOUR = 3600
_MAY_LOOK = (Duty.REVIEWER, Duty.OPERATOR, Duty.SUPERVISOR, Duty.ADMINISTRATOR)
_FLOWS = ("submitted", "approved", "returned", "rejected", "withdrawn")
_GAUGES = ("in_review", "waiting_return", "suspended")


def show_statistics(month: str | None, bureau: str | None, caller: Caller, world: World) -> StatisticsAnswer:
    """Return a month's numbers by level and kind: the national bureau asks for any bureau or all, others for their own."""
    require_duty(caller, *_MAY_LOOK)
    asked = bureau if caller.bureau == NATIONAL else caller.bureau
    period = month or month_of(world.clock.now())
    flows, gauges = _summed(period, asked), _summed(NOW, asked)
    items = [_item(key, flows.get(key, Counter()), gauges.get(key, Counter())) for key in sorted(flows.keys() | gauges.keys())]
    return StatisticsAnswer(month=period, bureau=asked, items=items)


def _summed(period: str, bureau: str | None) -> dict[tuple[str, str], Counter[str]]:
    """Return (level, kind) -> numbers, bureaus together."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for (_, level, kind), numbers in counts(period, bureau).items():
        found.setdefault((level, kind), Counter()).update(numbers)
    return found


def _item(key: tuple[str, str], flow: Counter[str], gauge: Counter[str]) -> CountAnswer:
    decided = flow["decided"]
    return CountAnswer(
        level=key[0],
        kind=key[1],
        mean_hours=round(flow["seconds"] / decided / _HOUR, 2) if decided else None,
        **{name: flow[name] for name in _FLOWS},
        **{name: gauge[name] for name in _GAUGES},
    )
