"""Streams, schedules, expiry and the clock."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.local.calendar import next_due
from infra.local.clock import LocalClock
from infra.local.expiry import Expiry
from infra.local.facts import StreamMapping
from infra.local.filters import passes
from infra.local.functions import FunctionFailed
from infra.local.intrinsics import TemplateBroken
from infra.local.state import State
from infra.local.streams import Follower, Streams
from infra.local.template import TEMPLATE, create_tables, load
from tests.local.running import SAMPLE, Running

RECORDS = [{"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(n), "Keys": {"pk": {"S": f"row{n}"}}}} for n in range(1, 6)]


class Told:
    """A function that answers as it is told and remembers what it saw."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.seen: list[list[str]] = []

    def invoke(self, _: str, event: Any) -> Any:
        self.seen.append([record["dynamodb"]["SequenceNumber"] for record in event["Records"]])
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        pass


def failed(*sequences: str) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": each} for each in sequences]}


def delivered(told: Told, state: State, *, retries: int = -1, reports: bool = True) -> Follower:
    mapping = StreamMapping("Follow", "Sample", "table", 10, (), reports, retries)
    follower = Follower(mapping, told, state)
    follower._deliver(list(RECORDS))
    return follower


@pytest.fixture
def state(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> State:
    monkeypatch.setattr("infra.local.streams._FIRST_PAUSE", 0.001)
    return State(tmp_path)


@pytest.mark.parametrize(
    ("template", "function", "wakes"),
    [
        (TEMPLATE, "DelegationCheckAuthority", set()),
        (TEMPLATE, "AccountSendSmsCode", {"NoticeDeliverNotices"}),
        (TEMPLATE, "EvidenceCheckUpload", {"EvidenceDropFile"}),
        (SAMPLE, "SampleKeep", {"SampleFollow"}),
    ],
)
def test_who_may_write_wakes_the_pump(state: State, template: Path, function: str, wakes: set[str]) -> None:
    streams = Streams(load(template), Told(), state)
    streams.nudge_after(function)
    assert {follower.mapping.function for follower in streams.followers if follower.woken.is_set()} == wakes


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ([None], [["1", "2", "3", "4", "5"]]),
        ([failed("4", "3")], [["1", "2", "3", "4", "5"], ["3", "4", "5"]]),
        ([failed("unknown")], [["1", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"]]),
        ([FunctionFailed("Broken", "")], [["1", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"]]),
        ([failed("5"), failed("5")], [["1", "2", "3", "4", "5"], ["5"], ["5"]]),
    ],
)
def test_failed_part_of_batch_is_repeated(state: State, answers: list[Any], seen: list[list[str]]) -> None:
    told = Told(*answers)
    delivered(told, state)
    assert told.seen == seen
    assert state.read("streams/Follow.json", {})["sequence"] == "5"


def test_batch_is_given_up_after_its_retries(state: State) -> None:
    told = Told(*(FunctionFailed("Broken", "") for _ in range(9)))
    delivered(told, state, retries=2)
    assert len(told.seen) == 1 + 2
    assert [each["keys"]["pk"]["S"] for each in state.lines("discarded.jsonl")] == ["row1", "row2", "row3", "row4", "row5"]


def test_position_never_passes_what_failed(state: State) -> None:
    mapping = StreamMapping("Follow", "Sample", "table", 10, (), True, -1)
    follower = Follower(mapping, Told(failed("3"), failed("3")), state)
    follower.stopped.set()
    follower._deliver(list(RECORDS))
    assert state.read("streams/Follow.json", {})["sequence"] == "2"


@pytest.mark.parametrize(
    ("pattern", "is_through"),
    [
        ({"eventName": ["INSERT"]}, True),
        ({"eventName": ["REMOVE", "MODIFY"]}, False),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "ro"}]}}}}, True),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"anything-but": ["row1"]}]}}}}, False),
        ({"dynamodb": {"OldImage": [{"exists": False}]}}, True),
        ({"dynamodb": {"Keys": {"sk": {"S": ["x"]}}}}, False),
        ({"dynamodb": {"SequenceNumber": [{"numeric": [">", 0, "<=", 1]}]}}, True),
    ],
)
def test_filters_pass_what_lambda_would_pass(pattern: dict[str, Any], is_through: bool) -> None:
    assert passes(RECORDS[0], (pattern,)) is is_through


@pytest.mark.parametrize(
    ("expression", "zone", "due"),
    [
        ("rate(5 minutes)", "UTC", "2026-02-28T10:05:30+00:00"),
        ("cron(30 9 * * ? *)", "Asia/Shanghai", "2026-03-01T01:30:00+00:00"),
        ("cron(0/15 * * * ? *)", "UTC", "2026-02-28T10:15:00+00:00"),
        ("cron(0 8 ? * MON-FRI *)", "UTC", "2026-03-02T08:00:00+00:00"),
        ("cron(0 0 L * ? *)", "UTC", "2026-03-31T00:00:00+00:00"),
        ("cron(0 0 29 2 ? *)", "UTC", "2028-02-29T00:00:00+00:00"),
        ("at(2026-03-01T00:00:00)", "Asia/Shanghai", "2026-02-28T16:00:00+00:00"),
    ],
)
def test_schedule_is_due_as_eventbridge_says(expression: str, zone: str, due: str) -> None:
    assert next_due(expression, zone, datetime(2026, 2, 28, 10, 0, 30, tzinfo=UTC)) == datetime.fromisoformat(due)


def test_schedule_that_is_over_is_never_due() -> None:
    assert next_due("at(2020-01-01T00:00:00)", "UTC", datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_unknown_cron_sign_is_refused_clearly() -> None:
    with pytest.raises(TemplateBroken, match="W"):
        next_due("cron(0 0 15W * ? *)", "UTC", datetime(2026, 1, 1, tzinfo=UTC))


def test_only_rows_past_their_time_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    template, clock = load(SAMPLE), LocalClock(State(tmp_path))
    clock.advance(3600)
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        create_tables(client, template)
        table = template.tables[0].name
        for pk, ahead in (("over", 3500), ("later", 3700)):
            row = {"pk": {"S": pk}, "sk": {"S": "-"}, "expires": {"N": str(int(time.time()) + ahead)}}
            client.put_item(TableName=table, Item=row)
        client.put_item(TableName=table, Item={"pk": {"S": "never"}, "sk": {"S": "-"}})
        assert Expiry(template, client, clock).sweep() == 1
        assert {row["pk"]["S"] for row in client.scan(TableName=table)["Items"]} == {"later", "never"}


def test_change_reaches_the_follower_and_failing_ones_return(running: Running) -> None:
    rows = [{"pk": f"NOTICE:{name}", "sk": "-"} for name in ("first", "FAIL2", "last")]
    running.call("POST", "/v1/things", {"rows": [*rows, {"pk": "OTHER:x", "sk": "-"}]})
    running.wait_for(lambda: running.row("DELIVERED:first"))
    running.wait_for(lambda: running.row("DELIVERED:last"))
    assert running.row("DELIVERED:FAIL2")["source"] == "aws:dynamodb"
    assert running.row("SEEN:FAIL2")["times"] == "3"
    assert not running.row("SEEN:OTHER:x")


def test_schedule_fires_on_demand_with_its_input(running: Running) -> None:
    answer = running.call("POST", "/_local/schedules/SampleTickOften").json["answer"]
    assert answer["event"] == {"why": "often"}
    assert running.call("POST", "/_local/schedules/Nothing").status == 404
    assert running.call("POST", "/_local/schedules/SampleTick").status == 404  # it has two


def test_schedule_fires_when_the_clock_moves_past_it(running: Running) -> None:
    before = int(running.row("TICK:daily").get("times", 0))
    moved = running.call("POST", "/_local/clock", {"advance_seconds": 86400}).json
    running.wait_for(lambda: int(running.row("TICK:daily").get("times", 0)) > before)
    back = running.call("POST", "/_local/clock", {"advance_seconds": -86400}).json
    assert (moved["shift_seconds"], back["shift_seconds"]) == (86400, 0)


@pytest.mark.parametrize("seconds", [1e18, -1e18, float("nan"), float("inf"), 300_000_000_000, -3_000_000_000])
def test_clock_stays_where_days_can_be_counted(tmp_path: Path, seconds: float) -> None:
    clock = LocalClock(State(tmp_path))
    with pytest.raises(ValueError, match="between"):
        clock.advance(seconds)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"set": "2027-01-01T00:00:00"},
        {"set": "9999-12-31T23:59:59+00:00"},
        {"set": "0001-01-01T00:00:00+08:00"},
        {"advance_seconds": "soon"},
        {"advance_seconds": 1e18},
        [],
    ],
)
def test_clock_refuses_what_is_no_instant(running: Running, wish: Any) -> None:
    assert running.call("POST", "/_local/clock", wish).status == 400
