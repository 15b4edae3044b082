"""The workflow engine forgets: it would keep every ended execution with its history, and an object of each thread it ever began."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.utils import json_path
from moto.stepfunctions.parser.utils import TMP_THREADS

from infra.local.aws import Aws, client
from infra.local.messages import Request, Response
from infra.local.naming import ACCOUNT
from infra.local.state import State
from infra.local.template import load
from infra.local.workflows import Executions, spare_garbage
from tests.local.running import ROOT, SAMPLE

_OVER = {"Type": "Choice", "Choices": [{"Variable": "$.waits", "BooleanEquals": True, "Next": "Late"}], "Default": "Done"}
_STATES = {"Over": _OVER, "Late": {"Type": "Wait", "Seconds": 60, "Next": "Done"}, "Done": {"Type": "Succeed"}}
_KEPT = 3


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        definition = json.dumps({"StartAt": "Over", "States": _STATES})
        role = f"arn:aws:iam::{ACCOUNT}:role/local"
        yield client("stepfunctions").create_state_machine(name="m", definition=definition, roleArn=role)["stateMachineArn"]


def _asked(action: str) -> Request:
    signed = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0"
    return Request("POST", "/", "", (("x-amz-target", f"AWSStepFunctions.{action}"), ("authorization", signed)), b"", "127.0.0.1")


def _start(executions: Executions, machine: str, name: str, *, waits: bool = False) -> None:
    """Start an execution through the door, and wait until it has ended if it does not wait."""
    engine = client("stepfunctions")

    def start(_: Request) -> Response:
        engine.start_execution(stateMachineArn=machine, name=name, input=json.dumps({"waits": waits}))
        return Response()

    executions.serve(_asked("StartExecution"), start)
    for thread in list(TMP_THREADS) if not waits else ():
        thread.join(10)


def _names(machine: str, status: str) -> set[str]:
    found: list[Any] = client("stepfunctions").list_executions(stateMachineArn=machine, statusFilter=status)["executions"]
    return {one["name"] for one in found}


def test_only_newest_ended_executions_are_kept(machine: str) -> None:
    executions = Executions(_KEPT)
    _start(executions, machine, "runs", waits=True)
    for number in range(6):
        _start(executions, machine, f"e{number}")
    # the one that was started last may end after its start has looked
    assert {"e3", "e4", "e5"} <= _names(machine, "SUCCEEDED") <= {"e2", "e3", "e4", "e5"}
    assert _names(machine, "RUNNING") == {"runs"}


def test_threads_of_the_engine_go(machine: str, tmp_path: Path) -> None:
    aws = Aws(State(tmp_path), load(SAMPLE), ROOT)
    aws._machines_ready.set()
    _start(Executions(), machine, "one")
    assert TMP_THREADS
    aws._serve(_asked("SendTaskSuccess"), lambda _: Response(), cast("Any", None))
    assert not TMP_THREADS


def test_tasks_share_a_client_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks: Any = lambda_eval_utils
    paths: Any = json_path
    monkeypatch.setattr(tasks, "boto_client_for", tasks.boto_client_for)
    monkeypatch.setattr(paths, "parse", paths.parse)
    spare_garbage()
    asked = {"region": "us-east-1", "service": "lambda", "state_credentials": None}
    assert tasks.boto_client_for(**asked) is tasks.boto_client_for(**asked)
    assert paths.parse("$.case") is paths.parse("$.case")
    assert paths.extract_json("$.case", {"case": "C1"}) == "C1"
