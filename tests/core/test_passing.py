"""What passes is answered "try again"; what will fail for ever is what it is: a 500 with a line in the log, at whatever call it happens."""

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError
from pynamodb.exceptions import UpdateError

from expertgate.errors.edge import TryAgain
from expertgate.outbound.change import Change
from expertgate.outbound.limits import LimitRow, count
from expertgate.outbound.passing import is_passing
from expertgate.outbound.rows import updated
from tests.builders.cases import as_system
from tests.faults.harness import Faults, broken, forbidden, injected, throttled, timed_out
from tests.stage import Stage


def _commit(stage: Stage) -> None:
    change: Change = as_system(stage)
    change.audit("thing:painted", subject="T1")
    change.commit(None)


def _count(stage: Stage) -> None:
    count(stage.world, "thing", 1, 60)


def _update(stage: Stage) -> None:
    updated(LimitRow(pk="LIMIT#thing", sk="60#60"), [LimitRow.times.add(1)])


@pytest.mark.parametrize("write", [_commit, _count, _update])
def test_what_passes_asks_to_try_again(stage: Stage, write: Callable[[Stage], None]) -> None:
    for kind in (timed_out, throttled, broken):
        with injected(Faults(fail_at=0, error=kind)), pytest.raises(TryAgain):
            write(stage)


@pytest.mark.parametrize("write", [_commit, _count, _update])
def test_what_fails_for_ever_stays_what_it_is(stage: Stage, write: Callable[[Stage], None]) -> None:
    with injected(Faults(fail_at=0, error=forbidden)), pytest.raises((ClientError, UpdateError), match="AccessDenied"):
        write(stage)


def test_a_door_that_may_not_write_says_so(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    with injected(Faults(fail_at=0, error=forbidden)):
        answered = stage.call("account.renew_captcha", {})
    assert answered.status == 500
    assert "unexpected" in [one.message for one in caplog.records]


def test_a_request_botocore_refuses_does_not_pass() -> None:
    assert is_passing(EndpointConnectionError(endpoint_url="http://127.0.0.1"))
    assert not is_passing(ParamValidationError(report="pk is missing"))
