"""Days of Asia/Shanghai and instants (D-05); nobody here asks what time it is."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Self

from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import narrow
from expertgate.records import Record

# A fixed offset: China has had no other since 1991, and a Lambda needs no time zone data for it.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # what nobody means; and at both ends of the calendar a day has no instants in UTC
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)


class Period(Record):
    """A validity: `[begins, ends)`, both instants in UTC, shown as two days that are both included."""

    begins: datetime
    ends: datetime

    @classmethod
    def of_days(cls, first: date, last: date) -> Self:
        """Make the period of two calendar days in Shanghai, both included."""
        if last < first:
            raise FieldProblem("period_order").at("last_day")
        return cls(start_of(first), end_of(last))

    @property
    def first_day(self) -> date:
        """The day in Shanghai on which it begins."""
        return shanghai_day(self.begins)

    @property
    def last_day(self) -> date:
        """The last day in Shanghai that it covers."""
        return shanghai_day(self.ends - timedelta(microseconds=1))


def shanghai_day(instant: datetime) -> date:
    """The calendar day in Shanghai at an instant."""
    if instant.tzinfo is None:
        message = "an instant without a zone has no day"
        raise ValueError(message)
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The first instant of a day in Shanghai, in UTC."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in Shanghai, in UTC."""
    return start_of(day + timedelta(days=1))


def parse_day(raw: str) -> date:
    """Read a calendar day as people and spreadsheets write it."""
    typed = narrow(raw)
    found = _DAY.fullmatch(typed) or _COMPACT.fullmatch(typed)
    if found is None:
        raise FieldProblem("day_form")
    year, month, day = (int(one) for one in found.groups() if one is not None)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise FieldProblem("day_form")
    try:
        return date(year, month, day)
    except ValueError as exc:
        raise FieldProblem("day_form") from exc


def parse_moment(raw: str) -> datetime:
    """Read an instant, which has its offset (RFC 3339)."""
    try:
        moment = datetime.fromisoformat(narrow(raw))
    except ValueError as exc:
        raise FieldProblem("moment_form") from exc
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise FieldProblem("moment_form")
    return moment
