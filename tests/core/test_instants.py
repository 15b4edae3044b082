"""Stored instants and ids: the order of texts is the order of time, to the millisecond."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.codes import ulid

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds
_MILLISECOND = timedelta(milliseconds=1)


@given(MOMENTS, MOMENTS)
def test_order_of_stamps_is_order_of_time(one: datetime, other: datetime) -> None:
    assert one - _MILLISECOND < instant(stamp(one)) <= one
    assert stamp(one) <= stamp(other) or one > other


@given(MOMENTS, MOMENTS, st.integers(0, 2**80 - 1))
def test_order_of_ids_is_order_of_making(one: datetime, other: datetime, random: int) -> None:
    first, second = ulid(one, random), ulid(other, random)
    assert len(first) == len(second) == 26
    assert first <= second or one > other


def test_published_ulid_layout_is_kept() -> None:
    made = datetime(2016, 7, 30, 23, 54, 10, 259_000, UTC)  # 1469922850259 ms
    assert ulid(made, 0) == "01ARZ3NDEK" + "0" * 16
