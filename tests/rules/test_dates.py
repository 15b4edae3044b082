"""Days in Shanghai, validity periods (D-05) and identifiers."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.forms.dates import LAST_YEAR, SHANGHAI, Period, instant, parse_day, shanghai_day, stamp
from expertgate.forms.ids import is_id, made_at, new_id
from expertgate.forms.problems import FieldProblem

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds


def test_grant_works_until_midnight_of_its_last_day() -> None:
    period = Period.of_days(date(2024, 4, 1), date(2024, 4, 16))
    assert not period.covers(datetime(2024, 3, 31, 23, 59, 59, 999_999, SHANGHAI))
    assert period.covers(datetime(2024, 4, 1, tzinfo=SHANGHAI))
    assert period.covers(datetime(2024, 4, 16, 23, 59, 59, 999_999, SHANGHAI))
    assert not period.covers(datetime(2024, 4, 17, tzinfo=SHANGHAI))


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
    "typed", ["2023-02-29", "2024-04/16", "16.04.2024", "0000-01-01", "3000-01-01", "99991231", "2024-4", "٢٠٢٤-04-16"]
)
def test_impossible_day_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem, match="day_form"):
        parse_day(typed)


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(FieldProblem):
        assert parse_day(text).year <= LAST_YEAR


@given(MOMENTS, MOMENTS)
def test_order_of_stamps_is_order_of_time(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)
    assert instant(stamp(one)) == one


@given(MOMENTS, MOMENTS, st.binary(min_size=10, max_size=10))
def test_order_of_ids_is_order_of_making(one: datetime, other: datetime, random_bytes: bytes) -> None:
    first, second = new_id(one, random_bytes), new_id(other, random_bytes)
    assert is_id(first)
    assert made_at(first) <= one < made_at(first) + timedelta(milliseconds=1)
    assert made_at(first) >= made_at(second) or first < second


def test_published_ulid_layout_is_kept() -> None:
    made = datetime(2016, 7, 30, 23, 54, 10, 259_000, UTC)  # 1469922850259 ms
    assert new_id(made, bytes(10)) == "01ARZ3NDEK" + "0" * 16
    with pytest.raises(ValueError, match="random bytes"):
        new_id(made, bytes(9))


@pytest.mark.parametrize("text", ["", "01ARZ3NDEK", "81ARZ3NDEK" + "0" * 16, "01ARZ3NDEI" + "0" * 16])
def test_other_text_is_no_id(text: str) -> None:
    assert not is_id(text)
