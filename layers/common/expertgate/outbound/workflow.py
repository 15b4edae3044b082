"""The workflow engine that follows each round of a case: started by ids, answered by token, asked whether it lives."""

import json
from enum import StrEnum
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from expertgate.outbound.aws import client
from expertgate.outbound.passing import give_up

# A late, doubled or unknown token: the engine names it in three ways that mean the same.
_NOT_WAITING = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class Standing(StrEnum):
    """What the engine says of an execution."""

    ABSENT = "absent"
    RUNNING = "running"
    OVER = "over"


class Workflow:
    """Step Functions: one Standard execution for each case, round and attempt, by name."""

    def __init__(self, machine: str) -> None:
        """Remember the state machine's ARN."""
        self._machine = machine

    def start(self, case_id: str, round_number: int, attempt: int) -> None:
        """Start the execution; starting it twice starts it once.

        Raises TryAgain.
        """
        facts = json.dumps({"case": case_id, "round": round_number, "attempt": attempt})
        name = _name(case_id, round_number, attempt)
        _call({"ExecutionAlreadyExists"}, "start_execution", stateMachineArn=self._machine, name=name, input=facts)

    def answer(self, token: str, turn: dict[str, Any]) -> bool:
        """Tell the execution that waits with this token how the case went on; False when it waits no more.

        Raises TryAgain.
        """
        return _call(_NOT_WAITING, "send_task_success", taskToken=token, output=json.dumps(turn)) is not None

    def standing(self, case_id: str, round_number: int, attempt: int) -> Standing:
        """Return whether the execution exists and runs.

        Raises TryAgain.
        """
        machine = self._machine.replace(":stateMachine:", ":execution:")
        arn = f"{machine}:{_name(case_id, round_number, attempt)}"
        described = _call({"ExecutionDoesNotExist"}, "describe_execution", executionArn=arn)
        if described is None:
            return Standing.ABSENT
        return Standing.RUNNING if described["status"] == "RUNNING" else Standing.OVER


def _name(case_id: str, round_number: int, attempt: int) -> str:
    return f"{case_id}-{round_number}-{attempt}"


def _call(expected: set[str] | frozenset[str], operation: str, **arguments: str) -> dict[str, Any] | None:
    """Return the engine's answer, None for one of the expected refusals."""
    try:
        answered: dict[str, Any] = getattr(client("stepfunctions"), operation)(**arguments)
    except ClientError as exc:
        if exc.response["Error"]["Code"] in expected:
            return None
        give_up(exc)
    except BotoCoreError as exc:
        give_up(exc)
    return answered
