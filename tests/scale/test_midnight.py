"""Very many grants that end at one midnight: all closed, each side told once, killed midway or not (DEL-08)."""

import pytest

from expertgate.settings import LIMITS
from tests.scale.midnight import many_ending
from tests.scale.sweeping import faults_in, swept_with_a_kill
from tests.stage import Stage


def test_a_killed_sweep_is_finished_by_the_next(stage: Stage, engine: str | None) -> None:
    if engine is None:
        pytest.skip("another process needs dynoxide")
    number = LIMITS.page_size_most * 10
    ended = many_ending(stage, number)
    seen: list[int] = []
    swept = swept_with_a_kill(engine, ended, number, seen.append)
    assert 0 < swept.after_kill < number
    assert (seen[-1], faults_in(ended, number)) == (number, [])
