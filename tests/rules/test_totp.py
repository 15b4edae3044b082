"""One-time passwords are those of RFC 6238, accepted near their time and only forward."""

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from expertgate.review.rules.totp import accepted_step, code_at

SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // 30) == code


@pytest.mark.parametrize(("shift", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_step_of_drift_is_accepted(shift: int, accepted: bool) -> None:
    now = datetime.fromtimestamp(1111111109, UTC)
    step = 1111111109 // 30 + shift
    assert (accepted_step(SECRET, code_at(SECRET, step), now, 0) == step) is accepted


def test_a_step_once_used_is_refused() -> None:
    now = datetime.fromtimestamp(1111111109, UTC)
    step = 1111111109 // 30
    assert accepted_step(SECRET, code_at(SECRET, step), now, step) is None
