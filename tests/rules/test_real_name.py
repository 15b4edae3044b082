"""The real-name rule: all parts must pass, and an answer that never came neither passes nor fails (ID-01, ID-07)."""

import pytest

from expertgate.account.model import Part, RealName
from expertgate.account.real_name import deciding, state_of
from expertgate.outbound.register import Comparison, Outcome, Reason

PASSED = Comparison(Outcome.PASSED, Reason.MATCHES)
FAILED = Comparison(Outcome.FAILED, Reason.NAME_DIFFERS)
SILENT = Comparison(Outcome.UNAVAILABLE, Reason.NO_ANSWER)


@pytest.mark.parametrize(
    ("unit", "agent", "state"),
    [
        (PASSED, PASSED, RealName.PASSED),
        (PASSED, FAILED, RealName.FAILED),
        (SILENT, PASSED, RealName.UNCHECKED),
        (SILENT, FAILED, RealName.FAILED),
        (FAILED, SILENT, RealName.FAILED),
    ],
)
def test_a_failure_decides_before_a_silence(unit: Comparison, agent: Comparison, state: RealName) -> None:
    assert state_of(deciding({Part.UNIT: unit, Part.MAIN_AGENT: agent})) is state


def test_nothing_compared_is_nothing_checked() -> None:
    assert state_of(deciding({})) is RealName.UNCHECKED
