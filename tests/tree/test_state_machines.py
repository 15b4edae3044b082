"""Every state machine keeps the rules that no validator knows."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from expertgate.settings import LIMITS
from infra.checks.machines import PASSES, complaints
from tests.tree.house import ROOT, resources

_DEFINITIONS = sorted((ROOT / "infra/state_machines").glob("*.asl.json"))

_WAITING = "arn:aws:states:::lambda:invoke.waitForTaskToken"

GOOD: dict[str, Any] = {
    "StartAt": "Ask",
    "States": {
        "Ask": {
            "Type": "Task",
            "Resource": "${AskArn}",
            "TimeoutSeconds": 60,
            "Retry": [{"ErrorEquals": sorted(PASSES), "JitterStrategy": "FULL"}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Lost"}],
            "Next": "Which",
        },
        "Which": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": True, "Next": "Done"}], "Default": "Ask"},
        "Lost": {"Type": "Fail"},
        "Done": {"Type": "Succeed"},
    },
}


def _without(state: str, field: str) -> Callable[[dict[str, Any]], object]:
    return lambda states: states[state].pop(field)


@pytest.mark.parametrize("path", _DEFINITIONS, ids=lambda path: path.name)
def test_a_definition_gives_no_complaint(path: Any) -> None:
    assert complaints(json.loads(path.read_text("utf-8"))) == []


def test_every_definition_is_deployed_and_every_machine_defined() -> None:
    machines = [each for each in resources().values() if each["Type"] == "AWS::Serverless::StateMachine"]
    assert sorted(each["Properties"]["DefinitionUri"] for each in machines) == [str(path.relative_to(ROOT)) for path in _DEFINITIONS]
    assert machines


def test_machines_are_standard_and_their_logs_hold_no_data() -> None:
    for each in resources().values():
        if each["Type"] == "AWS::Serverless::StateMachine":
            assert (each["Properties"]["Type"], each["Properties"]["Logging"]["IncludeExecutionData"]) == ("STANDARD", False)


def test_a_machine_may_call_its_functions_log_and_trace() -> None:
    for each in resources().values():
        if each["Type"] == "AWS::Serverless::StateMachine":
            policies = each["Properties"]["Policies"]
            actions = [action for policy in policies for said in policy.get("Statement", ()) for action in said["Action"]]
            assert {name for policy in policies for name in policy if name != "Statement"} == {"LambdaInvokePolicy"}
            assert {action.partition(":")[0] for action in actions} == {"logs", "xray"}


def test_a_lost_call_is_looked_for_within_two_minutes() -> None:
    schedule = resources()["ReviewReconcileCases"]["Properties"]["Events"]["EveryMinute"]["Properties"]["ScheduleExpression"]
    assert (schedule, LIMITS.callback_grace + 60 <= 120) == ("rate(1 minute)", True)


def test_a_good_definition_passes() -> None:
    assert complaints(GOOD) == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (_without("Ask", "TimeoutSeconds"), "Ask: a task without a time-out"),
        (_without("Ask", "Catch"), "Ask: a task without Catch"),
        (lambda states: states["Ask"]["Catch"][0].update(ErrorEquals=["States.Timeout"]), "Ask: a task without Catch"),
        (lambda states: states["Ask"]["Retry"][0].update(ErrorEquals=["States.ALL"]), "Ask: a retry of States.ALL"),
        (lambda states: states["Ask"].update(Parameters={"Payload": {"form.$": "$.form"}}), "Ask: a payload of more than ids"),
        (lambda states: states["Ask"].update(Parameters={"Payload": {"case": "李晓波"}}), "Ask: a payload of more than ids"),
        (lambda states: states["Ask"].update(Parameters={"Payload": {"token.$": "$$.Task.Token"}}), "Ask: the token goes to who waits"),
        (lambda states: states["Ask"].update(Resource=_WAITING), "Ask: the token goes to who waits"),
        (_without("Ask", "Retry"), "Ask: a task without Retry"),
        (lambda states: states["Ask"]["Retry"][0]["ErrorEquals"].remove("Sandbox.Timedout"), "Ask: what passes by itself is not tried"),
        (_without("Which", "Default"), "Which: a choice without a default"),
        (lambda states: states["Ask"]["Retry"][0].pop("JitterStrategy"), "Ask: a retry without jitter"),
        (lambda states: states["Ask"].update(Next="Nowhere"), "Nowhere: somebody goes there"),
        (lambda states: states.update(Island={"Type": "Succeed"}), "Island: nobody goes there"),
        (lambda states: states["Ask"].update(Resource="arn:aws:states:::dynamodb:putItem"), "Ask: tasks are Lambda functions only"),
        (lambda states: states["Ask"].update(QueryLanguage="JSONata"), "Ask: QueryLanguage is not understood"),
        (lambda states: states["Ask"].update(End=True), "Ask: needs either Next or End"),
    ],
)
def test_a_spoiled_definition_is_complained_about(spoil: Callable[[dict[str, Any]], object], complaint: str) -> None:
    definition = copy.deepcopy(GOOD)
    spoil(definition["States"])
    assert any(one.startswith(complaint) for one in complaints(definition))
