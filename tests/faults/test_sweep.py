"""Every call of an action fails once before and once after its effect; the repeated request ends as if nothing had failed."""

from collections import Counter

import pytest

from tests.conftest import TEMPLATE
from tests.faults.harness import Faults, injected, state
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.stage import Answered, open_stage

_TRIES = 3


def _play(scenario: Scenario, engine: str | None, faults: Faults) -> tuple[list[Answered], Counter[str]]:
    with open_stage(TEMPLATE, engine) as stage:
        send = scenario.prepare(stage)
        with injected(faults):
            answers = [send()]
        while answers[-1].status >= 500 and len(answers) < _TRIES:
            answers.append(send())
        return answers, state(TEMPLATE)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.action)
def test_a_repeat_after_any_fault_ends_as_without(scenario: Scenario, engine: str | None) -> None:
    calm = Faults()
    (expected, *_), wanted = _play(scenario, engine, calm)
    assert expected.status < 300, expected.text
    for number, call in enumerate(calm.calls):
        for after in (False, True):
            answers, got = _play(scenario, engine, Faults(fail_at=number, after=after))
            told = f"{call} (call {number}) failed {'after' if after else 'before'} its effect"
            assert {one.status for one in answers} <= {expected.status, 503}, f"{told}: {answers[0].text}"
            assert answers[-1].status == expected.status, told
            assert got == wanted, f"{told}: {got - wanted} instead of {wanted - got}"
