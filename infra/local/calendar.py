"""When a schedule is due: rate(), cron() and at() as EventBridge writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from infra.local.intrinsics import TemplateBroken

_UNITS: Final = {"minute": 60, "hour": 3600, "day": 86400}
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST: Final = 366 * 5


def next_due(expression: str, timezone: str, after: datetime) -> datetime | None:
    """Return the first instant after the given one at which a schedule is due, or None where there is none."""
    kind, _, inside = expression.rstrip(")").partition("(")
    if kind == "rate":
        amount, unit = inside.split()
        return after + timedelta(seconds=int(amount) * _UNITS[unit.rstrip("s")])
    if kind == "at":
        once = datetime.fromisoformat(inside).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
        return once if once > after else None
    if kind == "cron":
        return _Cron.read(inside).next(after, ZoneInfo(timezone))
    raise TemplateBroken(f"schedule {expression} is neither rate(), cron() nor at()")


@dataclass(frozen=True)
class _Cron:
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    last_day: bool
    months: frozenset[int]
    weekdays: frozenset[int] | None
    years: frozenset[int]

    @classmethod
    def read(cls, text: str) -> "_Cron":
        minute, hour, day, month, weekday, year = text.split()
        if re.search(r"[W#]|[0-9]L", text):
            raise TemplateBroken(f"cron({text}): W, # and nL are not known on one machine")
        return cls(
            minutes=_field(minute, 0, 59),
            hours=_field(hour, 0, 23),
            days=None if day in {"?", "*", "L"} else _field(day, 1, 31),
            last_day=day == "L",
            months=_field(month, 1, 12, _MONTHS),
            weekdays=None if weekday in {"?", "*"} else _field(weekday, 1, 7, _DAYS),
            years=_field(year, 1970, 2199),
        )

    def next(self, after: datetime, zone: ZoneInfo) -> datetime | None:
        start = after.astimezone(zone)
        for ahead in range(_LONGEST):
            day = (start + timedelta(days=ahead)).date()
            due = next((each for each in self._times(datetime(day.year, day.month, day.day, tzinfo=zone)) if each > after), None)
            if due is not None:
                return due
        return None

    def _times(self, day: datetime) -> Iterator[datetime]:
        if self._is_day(day):
            for hour in sorted(self.hours):
                for minute in sorted(self.minutes):
                    yield day.replace(hour=hour, minute=minute).astimezone(UTC)

    def _is_day(self, day: datetime) -> bool:
        if day.month not in self.months or day.year not in self.years:
            return False
        if self.last_day and (day + timedelta(days=1)).month == day.month:
            return False
        if self.days is not None and day.day not in self.days:
            return False
        # EventBridge counts Sunday as 1
        return self.weekdays is None or day.isoweekday() % 7 + 1 in self.weekdays


def _field(text: str, least: int, most: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    for place, name in enumerate(names):
        text = text.upper().replace(name, str(place + least))
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if span in {"*", "?"}:
            begin, end = least, most
        else:
            begin = int(first)
            end = int(last) if last else (most if step else begin)
        values |= set(range(begin, end + 1, int(step or 1)))
    return frozenset(values)
