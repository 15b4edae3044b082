"""Statistics from counters that were written with what they count (REV-07)."""

from collections import Counter

from expertgate.caller import Caller, Language
from expertgate.catalogue.store import NATIONAL
from expertgate.errors.review import DutyMissing
from expertgate.outbound.world import World
from expertgate.review.actions.showing import level_name
from expertgate.review.model import Duty
from expertgate.review.requests.statistics import CountAnswer, StatisticsAnswer
from expertgate.review.rules.officials import require_duty
from expertgate.review.store.counters import NOW, counts, month_of
from expertgate.review.store.kinds import kind_name

type Numbers = dict[tuple[str, str], Counter[str]]  # by level and kind

_HOUR = 3600
_MAY_LOOK = (Duty.REVIEWER, Duty.OPERATOR, Duty.SUPERVISOR, Duty.ADMINISTRATOR)
_FLOWS = ("submitted", "approved", "returned", "rejected", "withdrawn")
_GAUGES = ("in_review", "waiting_return", "suspended")


def show_statistics(month: str | None, bureau: str | None, caller: Caller, world: World) -> StatisticsAnswer:
    """Return a month's numbers by level and kind: the national bureau asks for any bureau or all, others for their own.

    What is open is known of today only: an earlier month has none. Raises DutyMissing for somebody else's bureau.
    """
    require_duty(caller, *_MAY_LOOK)
    is_national = caller.bureau == NATIONAL
    if bureau not in {None, caller.bureau} and not is_national:
        raise DutyMissing
    asked = bureau if is_national else caller.bureau
    today = month_of(world.clock.now())
    period = month or today
    flows, gauges = _summed(period, asked), _summed(NOW, asked) if period == today else None
    items = [_item(key, flows.get(key, Counter()), gauges, caller.language) for key in sorted(flows.keys() | (gauges or {}).keys())]
    return StatisticsAnswer(month=period, bureau=asked, items=items)


def _summed(period: str, bureau: str | None) -> Numbers:
    """Return (level, kind) -> numbers, bureaus together."""
    found: Numbers = {}
    for (_, level, kind), numbers in counts(period, bureau).items():
        found.setdefault((level, kind), Counter()).update(numbers)
    return found


def _item(key: tuple[str, str], flow: Counter[str], gauges: Numbers | None, language: Language) -> CountAnswer:
    decided, gauge = flow["decided"], None if gauges is None else gauges.get(key, Counter())
    return CountAnswer(
        level=key[0],
        level_name=level_name(key[0], language),
        kind=key[1],
        kind_name=kind_name(key[1], language),
        mean_hours=round(flow["seconds"] / decided / _HOUR, 2) if decided else None,
        **{name: flow[name] for name in _FLOWS},
        **{name: None if gauge is None else gauge[name] for name in _GAUGES},
    )
