"""Working days 2004 to 2026, at the edge of the table and beyond (REV-04)."""

import calendar as weekdays
import json
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.catalogue import rules, store
from expertgate.catalogue.model import CalendarStatus, Year
from expertgate.forms.dates import SHANGHAI, end_of
from infra.catalogue import workdays

TABLE = store.workdays()
MOMENTS = st.datetimes(datetime(2004, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("year", range(2004, 2027))
def test_table_agrees_with_the_oracle_on_every_day(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=one) for one in range(366 if weekdays.isleap(year) else 365)]
    assert [day for day in days if rules.is_working_day(TABLE, day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_second_oracle_agrees_on_recent_years(year: int, working: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=one) for one in range(366 if weekdays.isleap(year) else 365)]
    assert [day for day in days if rules.is_working_day(TABLE, day) != other.is_working_day(day)] == []
    assert sum(rules.is_working_day(TABLE, day) for day in days) == working


def test_shipped_table_is_what_its_generator_writes() -> None:
    assert json.loads(workdays.TARGET.read_text("utf-8")) == json.loads(workdays.text())


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-02-14", 1, "2026-02-24"),  # a make-up Saturday, then the spring festival
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),  # a make-up Saturday counts
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-16", 5, "2026-11-23"),
    ],
)
def test_due_is_the_end_of_the_working_day(start: str, days: int, last: str) -> None:
    due = rules.due(TABLE, noon(start), days)
    assert (due.day, due.instant, due.status) == (date.fromisoformat(last), end_of(date.fromisoformat(last)), CalendarStatus.OFFICIAL)


def test_day_is_that_of_shanghai_not_of_utc() -> None:
    assert rules.due(TABLE, datetime(2026, 2, 13, 17, tzinfo=UTC), 1).day == date(2026, 2, 24)
    assert rules.due(TABLE, datetime(2026, 2, 13, 15, tzinfo=UTC), 1).day == date(2026, 2, 14)


@pytest.mark.parametrize("start", ["2026-12-31", "2027-06-01", "2003-12-31", "2150-01-01"])
def test_beyond_the_table_goes_by_weekday_and_says_so(start: str) -> None:
    due = rules.due(TABLE, noon(start), 1)
    assert due.status is CalendarStatus.PENDING
    assert due.day.weekday() < 5


def test_projected_year_is_marked() -> None:
    projected = {**TABLE, 2027: Year(CalendarStatus.PROJECTED, frozenset({date(2027, 1, 1)}), frozenset())}
    due = rules.due(projected, noon("2026-12-31"), 1)
    assert (due.day, due.status) == (date(2027, 1, 4), CalendarStatus.PROJECTED)


@pytest.mark.parametrize(("today", "alarm"), [("2026-11-30", False), ("2026-12-01", True), ("2025-12-01", False)])
def test_alarm_rings_in_december_without_next_year(today: str, alarm: bool) -> None:
    assert rules.lacks_next_year(TABLE, date.fromisoformat(today)) is alarm


def test_clock_counts_working_days_only() -> None:
    friday, monday = noon("2026-11-20"), noon("2026-11-23")
    assert rules.working_time(TABLE, friday, monday) == timedelta(hours=24)
    assert rules.after(TABLE, friday, timedelta(hours=24)) == monday
    assert rules.working_time(TABLE, monday, friday) == timedelta()


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=20)))
def test_time_after_is_time_worked(begins: datetime, span: timedelta) -> None:
    assert rules.working_time(TABLE, begins, rules.after(TABLE, begins, span)) == span


@given(MOMENTS, st.integers(1, 10), st.sampled_from([0.5, 0.8, 1.0]))
def test_reminder_falls_on_a_working_day(begins: datetime, days: int, share: float) -> None:
    due = rules.due(TABLE, begins, days)
    moment = rules.reminder(TABLE, begins, due.instant, share)
    assert begins <= moment <= due.instant
    if moment > begins:
        assert rules.is_working_day(TABLE, moment.astimezone(SHANGHAI).date())
        assert 9 <= moment.astimezone(SHANGHAI).hour <= 18 or moment == begins


@given(MOMENTS, st.integers(0, 30))
def test_more_days_are_never_due_earlier(begins: datetime, days: int) -> None:
    assert rules.due(TABLE, begins, days).instant <= rules.due(TABLE, begins, days + 1).instant
