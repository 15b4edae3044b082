"""Working days of the official calendar (REV-04) and the choice of a bureau (ADM-06)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from expertgate.catalogue.model import Bureau, CalendarStatus, Due, Level, Year
from expertgate.forms.dates import SHANGHAI, end_of, shanghai_day, start_of
from expertgate.forms.problems import FieldProblem

type Calendar = Mapping[int, Year]

_DAY = timedelta(days=1)
_SATURDAY = 5
_OFFICE_HOURS = (time(9), time(18))
_UNKNOWN = Year(CalendarStatus.PENDING, frozenset(), frozenset())


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether people work on a day; a year without a notice goes by the weekday."""
    year = calendar.get(day.year, _UNKNOWN)
    return day in year.weekend_work if day.weekday() >= _SATURDAY else day not in year.weekday_off


def due(calendar: Calendar, start: datetime, working_days: int) -> Due:
    """The end of the n-th working day after the day of `start`; with 0, of the first from that day on."""
    first = shanghai_day(start)
    ahead = _working_from(calendar, first + _DAY if working_days else first)
    for _ in range(max(working_days, 1)):
        last = next(ahead)
    return Due(end_of(last), last, _status(calendar, first, last))


def working_time(calendar: Calendar, begins: datetime, ends: datetime) -> timedelta:
    """How much of an interval lies on working days."""
    total, day = timedelta(), shanghai_day(begins)
    while start_of(day) < ends:
        if is_working_day(calendar, day):
            total += min(ends, end_of(day)) - max(begins, start_of(day))
        day += _DAY
    return total


def after(calendar: Calendar, begins: datetime, span: timedelta) -> datetime:
    """The instant by which `span` of time on working days has passed; a stopped clock goes on with what was left."""
    for day in _working_from(calendar, shanghai_day(begins)):
        moment = max(begins, start_of(day))
        if end_of(day) - moment >= span:
            return moment + span
        span -= end_of(day) - moment
    raise AssertionError  # days do not run out


def reminder(calendar: Calendar, begins: datetime, ends: datetime, share: float) -> datetime:
    """When to remind at a share of the working time: in office hours of a working day, never before `begins`."""
    exact = after(calendar, begins, working_time(calendar, begins, ends) * share)
    # The last instant of the time is the first of the next day, which may be a holiday.
    day = shanghai_day(max(exact - timedelta(microseconds=1), begins))
    opens, closes = (datetime.combine(day, hour, SHANGHAI) for hour in _OFFICE_HOURS)
    return max(min(max(exact, opens), closes), begins).astimezone(begins.tzinfo)


def lacks_next_year(calendar: Calendar, today: date) -> bool:
    """Whether it is December and next year's notice is not in the table: the alarm of the calendar."""
    following = calendar.get(today.year + 1, _UNKNOWN)
    return today.month == 12 and following.status is not CalendarStatus.OFFICIAL  # noqa: PLR2004 - December


def check_bureau_choice(chosen: Level, bureau: Bureau) -> Bureau:
    """Refuse a bureau of another type than the chosen one; 省级 with a city gets the hint to choose 市级 (ADM-06)."""
    if bureau.level is Level.NATIONAL:
        raise FieldProblem("bureau_not_for_units").at("bureau")
    if chosen is Level.PROVINCE and bureau.level is Level.CITY:
        raise FieldProblem("bureau_is_city", bureau=bureau.name).at("bureau_type")
    if chosen is not bureau.level:
        raise FieldProblem("bureau_type_mismatch", bureau=bureau.name, type=bureau.level.value).at("bureau_type")
    return bureau


def _working_from(calendar: Calendar, day: date) -> Iterator[date]:
    while True:
        if is_working_day(calendar, day):
            yield day
        day += _DAY


def _status(calendar: Calendar, first: date, last: date) -> CalendarStatus:
    met = {calendar.get(year, _UNKNOWN).status for year in range(first.year, last.year + 1)}
    return next(one for one in (CalendarStatus.PENDING, CalendarStatus.PROJECTED, CalendarStatus.OFFICIAL) if one in met)
