"""Random histories: what the written entries say of any past moment is what a model that counts days says (DEL-15)."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expertgate.delegation.history import could_act
from tests.properties.histories import BEGAN, STEPS, Written2Ways

HOURS_BEFORE, HOURS_AFTER = 2, 24 * 12
MOMENTS_ASKED = 12


def _compared(steps: list[tuple[str, str, int, int, int]], seed: int) -> None:
    history = Written2Ways()
    for step in steps:
        history.play(step)
    draw = random.Random(seed)  # noqa: S311 -- moments to ask about, not secrets
    shuffled = draw.sample(history.entries, len(history.entries))
    span = (history.now - BEGAN).total_seconds() + HOURS_AFTER * 3600
    for _ in range(MOMENTS_ASKED):
        moment = BEGAN + timedelta(seconds=draw.uniform(-HOURS_BEFORE * 3600, span))
        found = could_act(shuffled, history.epoch_at(moment), moment)
        assert {grant.agent_id for grant in found} == history.expected(moment), moment


def _examples(number: int) -> settings:
    return settings(max_examples=number, suppress_health_check=list(HealthCheck))


@_examples(300)
@given(STEPS, st.integers())
def test_any_past_moment_is_answered_rightly(steps: list[tuple[str, str, int, int, int]], seed: int) -> None:
    _compared(steps, seed)


@pytest.mark.slow
@_examples(10_000)
@given(STEPS, st.integers())
def test_ten_thousand_histories_are_answered_rightly(steps: list[tuple[str, str, int, int, int]], seed: int) -> None:
    _compared(steps, seed)
