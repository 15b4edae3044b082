"""The real state machine in moto's interpreter, its Lambda tasks answered by our own handlers."""

import importlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from moto.awslambda_simple.models import LambdaSimpleBackend

from expertgate.outbound.aws import client
from infra.local.facts import Function, StateMachine
from tests.conftest import ROOT, TEMPLATE

ENGINE = {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}
_ROLE = "arn:aws:iam::123456789012:role/workflow"
_PATIENCE_SECONDS = 20


@contextmanager
def lambda_tasks() -> Iterator[list[str]]:
    """Let the interpreter call our handlers; gives the list of calls."""
    by_name = {function.name: function for function in TEMPLATE.functions.values()}
    calls: list[str] = []
    stock = LambdaSimpleBackend.invoke

    def invoke(_backend: Any, name: str, _qualifier: Any, body: Any, _headers: Any, answered: dict[str, str]) -> bytes:
        function = by_name[name.rpartition(":")[2]]
        calls.append(function.logical_id)
        return _run(function, body, answered)

    LambdaSimpleBackend.invoke = invoke  # type: ignore[method-assign,assignment]
    try:
        yield calls
    finally:
        LambdaSimpleBackend.invoke = stock  # type: ignore[method-assign]


def make_machine(**changed: int) -> str:
    """Create the template's machine and return its ARN; `changed` gives states another time-out."""
    (machine,) = TEMPLATE.machines
    definition = definition_of(machine)
    for state, seconds in changed.items():
        definition["States"][state]["TimeoutSeconds"] = seconds
    made = client("stepfunctions").create_state_machine(name=machine.name, definition=json.dumps(definition), roleArn=_ROLE)
    return str(made["stateMachineArn"])


def definition_of(machine: StateMachine) -> dict[str, Any]:
    """Return the machine's definition with the template's substitutions."""
    text = (ROOT / machine.definition_uri).read_text("utf-8")
    for name, value in machine.substitutions.items():
        text = text.replace(f"${{{name}}}", value)
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def eventually(holds: Any) -> Any:
    """Return the first true answer of a question asked again and again."""
    ends = time.monotonic() + _PATIENCE_SECONDS
    while not (answer := holds()):
        assert time.monotonic() < ends, "the workflow did not get there"
        time.sleep(0.02)
    return answer


def _run(function: Function, body: Any, answered: dict[str, str]) -> bytes:
    handler = importlib.import_module(function.module).handler
    try:
        result = handler(json.loads(body or "{}"), SimpleNamespace(aws_request_id="workflow", function_name=function.name))
    except Exception as exc:  # noqa: BLE001 -- Lambda tells the caller the type of whatever was raised
        answered["x-amz-function-error"] = "Unhandled"
        return json.dumps({"errorType": type(exc).__name__, "errorMessage": str(exc)}).encode()
    return json.dumps(result).encode()
