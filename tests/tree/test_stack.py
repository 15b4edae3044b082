"""The stack can be made: it has no more resources than CloudFormation takes, those that SAM adds counted."""

from collections.abc import Iterator
from typing import Any

from tests.tree.house import resources

# AWS CloudFormation quotas: resources in a template, cannot be raised.
_MOST = 500
# What SAM makes besides of each event: a permission, a mapping, a rule with its permission; a schedule only where it has a role.
_OF_AN_EVENT = {"HttpApi": 1, "DynamoDB": 1, "ScheduleV2": 1, "EventBridgeRule": 2}
# ... and of each resource: a role, the stage of the API.
_BESIDE = {"AWS::Serverless::Function": 1, "AWS::Serverless::StateMachine": 1, "AWS::Serverless::HttpApi": 1}


def _made() -> Iterator[int]:
    for one in resources().values():
        events: dict[str, Any] = one.get("Properties", {}).get("Events", {})
        yield 1 + _BESIDE.get(one["Type"], 0) + sum(_OF_AN_EVENT[event["Type"]] for event in events.values())


def test_the_stack_has_room_for_its_resources() -> None:
    assert sum(_made()) <= _MOST


def test_schedules_share_one_role() -> None:
    events = [event for one in resources().values() for event in one.get("Properties", {}).get("Events", {}).values()]
    schedules = [one["Properties"] for one in events if one["Type"] == "ScheduleV2"]
    assert len(schedules) > 10
    assert {str(one.get("RoleArn")) for one in schedules} == {str({"Fn::GetAtt": "ScheduleRole.Arn"})}
    allowed = resources()["ScheduleRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"]
    scheduled = {name for name, one in resources().items() if "ScheduleV2" in str(one.get("Properties", {}).get("Events", {}))}
    assert {one["Fn::GetAtt"].removesuffix(".Arn") for one in allowed} == scheduled


def test_no_schedule_keeps_a_second_stack_away() -> None:
    """SAM names a schedule after function and event, and the name is the account's: a stack of the same template beside it fails."""
    events = {name: one.get("Properties", {}).get("Events", {}).values() for name, one in resources().items()}
    schedules = [(name, event["Properties"]) for name, found in events.items() for event in found if event["Type"] == "ScheduleV2"]
    assert [name for name, one in schedules if one.get("OmitName") is not True or "Name" in one] == []
