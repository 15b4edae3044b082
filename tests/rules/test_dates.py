"""Days in Shanghai and validity periods (D-05)."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.dates import SHANGHAI, Period, end_of, parse_day, parse_moment, shanghai_day, start_of
from expertgate.forms.problems import FieldProblem


def test_grant_works_until_midnight_of_its_last_day() -> None:
    period = Period.of_days(date(2024, 4, 1), date(2024, 4, 16))
    assert period.begins == datetime(2024, 4, 1, tzinfo=SHANGHAI)
    assert period.ends == datetime(2024, 4, 17, tzinfo=SHANGHAI)


def test_period_shows_the_days_it_was_made_of() -> None:
    period = Period.of_days(date(2024, 2, 29), date(2024, 2, 29))
    assert (period.first_day, period.last_day) == (date(2024, 2, 29), date(2024, 2, 29))
    assert period.ends - period.begins == timedelta(days=1)


def test_period_never_ends_before_it_begins() -> None:
    with pytest.raises(FieldProblem, match="period_order"):
        Period.of_days(date(2024, 4, 17), date(2024, 4, 16))


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 2, 13, 15, 59, 59, tzinfo=UTC), date(2026, 2, 13)),
        (datetime(2026, 2, 13, 16, 0, 0, tzinfo=UTC), date(2026, 2, 14)),
    ],
)
def test_day_changes_at_sixteen_hundred_utc(utc: datetime, day: date) -> None:
    assert shanghai_day(utc) == day


def test_instant_without_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        shanghai_day(datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize("typed", ["2024-04-16", "2024/4/16", "2024.04.16", "2024年4月16日", "20240416", " ２０２４-04-16 "])
def test_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2024, 4, 16)


@pytest.mark.parametrize(
    "typed", ["2023-02-29", "2024-04/16", "16.04.2024", "0001-01-01", "1899-12-31", "3000-01-01", "99991231", "2024-4", "٢٠٢٤-04-16"]
)
def test_impossible_day_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="day_form"):
        parse_day(typed)


@given(st.one_of(st.text(max_size=70), st.dates().map(str)))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        day = parse_day(text)
        assert end_of(day) - start_of(day) == timedelta(days=1)


@pytest.mark.parametrize("typed", ["2026-03-02T09:00:00+08:00", "2026-03-02T01:00:00Z", "2026-03-02 09:00+08:00", "2026-03-01T15:00-10:00"])
def test_a_moment_is_read_with_its_zone(typed: str) -> None:
    assert parse_moment(typed) == datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["2026-03-02T09:00:00", "2026-03-02", "1772409600", "2026-03-02T09:00:00 08:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00-02:00"],
)
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="moment_form"):
        parse_moment(typed)
