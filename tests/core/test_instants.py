"""Stored instants and ids: the order of texts is the order of time, to the millisecond."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertgate.outbound.clock import ShiftedClock, SystemClock, instant, stamp
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


@pytest.mark.parametrize("moved", [None, "12.3456789"])
def test_what_the_clock_says_is_stored_whole(tmp_path: Path, moved: str | None) -> None:
    (tmp_path / "clock").write_text(moved or "0")
    clock = SystemClock() if moved is None else ShiftedClock(tmp_path / "clock")
    told = [clock.now() for _ in range(20)]
    assert [instant(stamp(one)) for one in told] == told


def test_published_ulid_layout_is_kept() -> None:
    made = datetime(2016, 7, 30, 23, 54, 10, 259_000, UTC)  # 1469922850259 ms
    assert ulid(made, 0) == "01ARZ3NDEK" + "0" * 16
