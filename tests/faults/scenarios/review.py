"""Faults while a case goes its way through the workflow."""

from expertgate.outbound.aws import client
from expertgate.settings import settings
from tests.builders.cases import opened
from tests.faults.scenario import Send, running, scenario
from tests.stage import Stage

_PASS = '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'


def engine_here() -> None:
    """Make the machine that executions are started on; what it does is not of interest here."""
    name = settings().review_machine.rpartition(":")[2]
    client("stepfunctions").create_state_machine(name=name, definition=_PASS, roleArn="arn:aws:iam::123456789012:role/workflow")


@scenario("review.open_level")
def _open_level(stage: Stage) -> Send:
    engine_here()
    return running(stage, "review.open_level", {"case": opened(stage), "round": 1, "attempt": 1, "token": "token-of-a-level"})


@scenario("review.reconcile_cases")
def _reconcile_cases(stage: Stage) -> Send:
    case = opened(stage)
    engine_here()
    stage.clock.advance(minutes=10)
    stage.plays["settle"] = lambda: _mended(stage, case)
    return running(stage, "review.reconcile_cases", {})


def _mended(stage: Stage, case: str) -> None:
    """Let the schedule come by once more; the case must have an execution then."""
    stage.clock.advance(days=2)
    stage.run("review.reconcile_cases", {})
    running_ones = client("stepfunctions").list_executions(stateMachineArn=settings().review_machine)["executions"]
    assert [one["name"] for one in running_ones if case in one["name"]]
