"""What is said to be watched can ring: alarms hear words that are logged, reach somebody, and nothing that runs unasked fails unseen."""

import ast
import re
from subprocess import CompletedProcess
from typing import Any

import pytest

from infra.checks.trust import PARTS, judged
from infra.local.intrinsics import Resolver, parse
from tests.tree.house import ROOT, calls_in, resources, sources

_TEMPLATE = parse((ROOT / "template.yaml").read_text("utf-8"))
_HEARD = re.compile(r'\$\.message = "([^"]+)"')
_LEVELS = {"info", "warning", "error"}
_UNASKED = {"ScheduleV2", "EventBridgeRule"}
_OURS = {
    "ProviderSecret": "a secret of this test and of nobody else",
    "AuthorityUrl": "https://authority.example",
    "FaceUrl": "https://face.example",
    "PublicUrl": "https://api.example",
}
_SENDING = {"SmsUrl": "https://sms.example", "EmailUrl": "https://mail.example"}


def _of(kind: str) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for name, one in resources().items() if one["Type"] == kind}


def _logged() -> set[str]:
    """Return the literal messages of our log lines."""
    calls = (call for path in sources("functions", "layers/common/expertgate") for call, name in calls_in(path) if name in _LEVELS)
    return {str(call.args[0].value) for call in calls if call.args and isinstance(call.args[0], ast.Constant)}


def test_each_word_that_an_alarm_hears_is_logged() -> None:
    heard = {word for one in _of("AWS::Logs::MetricFilter").values() for word in _HEARD.findall(one["FilterPattern"])}
    assert len(heard) > 4
    assert heard - _logged() == set()


def test_each_count_of_lines_is_shown_and_rings() -> None:
    counted = {change["MetricName"] for one in _of("AWS::Logs::MetricFilter").values() for change in one["MetricTransformations"]}
    alarms = _of("AWS::CloudWatch::Alarm")
    assert counted == {one["MetricName"] for one in alarms.values() if "ExpertGate" in str(one["Namespace"])}
    board = str(resources()["Dashboard"]["Properties"]["DashboardBody"])
    assert [name for name in sorted(counted) if f'"{name}"' not in board] == []
    assert [name for name, one in alarms.items() if one["AlarmActions"] != [{"Ref": "AlarmTopic"}]] == []


def test_the_alarms_may_use_the_key_of_their_topic() -> None:
    key = resources()["AlarmTopic"]["Properties"]["KmsMasterKeyId"]["Ref"]
    policy = resources()[key]["Properties"]["KeyPolicy"]["Statement"]
    said = [one for one in policy if one["Principal"] == {"Service": "cloudwatch.amazonaws.com"}]
    assert [sorted(one["Action"]) for one in said] == [["kms:Decrypt", "kms:GenerateDataKey*"]]
    assert said[0]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_what_runs_unasked_leaves_what_it_gave_up() -> None:
    functions = _of("AWS::Serverless::Function")
    unasked = {name: one for name, one in functions.items() if _UNASKED & {event["Type"] for event in one.get("Events", {}).values()}}
    assert len(unasked) > 7
    lost = {name for name, one in unasked.items() if one.get("DeadLetterQueue", {}).get("TargetArn") != {"Fn::GetAtt": "DeadLetters.Arn"}}
    assert lost == set()


def test_it_is_heard_when_nothing_runs_unasked_any_more() -> None:
    """An alarm that counts faults is silent where nothing runs: that one of them rings is told by the runs that are missing."""
    alarm = _of("AWS::CloudWatch::Alarm")["SchedulesStoppedAlarm"]
    assert (alarm["Namespace"], alarm["MetricName"], alarm["ComparisonOperator"]) == ("AWS/Lambda", "Invocations", "LessThanThreshold")
    assert alarm["TreatMissingData"] == "breaching"
    (watched,) = [one["Value"]["Ref"] for one in alarm["Dimensions"] if one["Name"] == "FunctionName"]
    said = [one["Properties"]["ScheduleExpression"] for one in _of("AWS::Serverless::Function")[watched]["Events"].values()]
    assert said == ["rate(1 minute)"]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, False),
        ({"Providers": "http"}, True),
        ({"Providers": "http", **_OURS}, False),
        ({"Providers": "http", **_OURS, "FaceUrl": ""}, True),
        ({"Providers": "http", **_OURS, "AuthorityUrl": ""}, True),
        ({"Providers": "http", **_OURS, "PublicUrl": "http://127.0.0.1:8000"}, True),
        ({"SmsSender": "http", **_SENDING}, True),
        ({"EmailSender": "http", **_SENDING}, True),
        ({"SmsSender": "http", "EmailSender": "http", **_OURS, **_SENDING}, False),
        ({"SmsSender": "http", **_OURS}, True),
        ({"EmailSender": "http", **_OURS}, True),
        ({"Stage": "production"}, True),
        ({"Stage": "production", "Providers": "http", **_OURS}, False),
        ({"AWS::Region": "cn-north-1", "SmsSender": "http", **_OURS, **_SENDING}, True),
        ({"AWS::Region": "cn-northwest-1", "EmailSender": "http", **_OURS, **_SENDING}, True),
        ({"AWS::Region": "cn-north-1", "SmsSender": "http", "EmailSender": "http", **_OURS, **_SENDING}, False),
    ],
)
def test_a_stack_that_cannot_be_right_is_refused(given: dict[str, str], refused: bool) -> None:
    values = {"AWS::Region": "ap-southeast-1", **{name: one.get("Default") for name, one in _TEMPLATE["Parameters"].items()}, **given}
    asked = {name: one["RuleCondition"] for name, one in _TEMPLATE["Rules"].items()}
    demanded = {
        f"{name} {place}": one["Assert"] for name, rule in _TEMPLATE["Rules"].items() for place, one in enumerate(rule["Assertions"])
    }
    resolver = Resolver(values, {**asked, **demanded}, {}, lambda name, _: name)
    broken = [name for name in demanded if resolver.holds(name.split()[0]) and not resolver.holds(name)]
    assert bool(broken) is refused, broken


@pytest.mark.parametrize(
    ("code", "said", "verdict"),
    [
        (0, "No known vulnerabilities found", "holds"),
        (1, "Found 1 known vulnerability in 1 package", "FAILED"),
        (1, "the advisories are out of reach", "unknown"),
    ],
)
def test_an_advisory_that_is_found_is_no_miss(code: int, said: str, verdict: str) -> None:
    advisories = next(part for part in PARTS if part.may_miss)
    assert judged(advisories, CompletedProcess([], code, "", said)) == verdict
    assert judged(PARTS[0], CompletedProcess([], 1, "", said)) == "FAILED"
