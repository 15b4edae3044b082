"""The command that puts rows of a restored table back: the system answers as it did at that instant."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from expertgate.outbound.aws import client
from infra.operations.put_back import main
from tests.builders.grants import bound, opened, person, unit
from tests.conftest import TEMPLATE
from tests.stage import Stage

_GRANTS = next(table.name for table in TEMPLATE.tables if table.name.endswith("GrantsTable"))
_ACCOUNTS = next(table.name for table in TEMPLATE.tables if table.name.endswith("AccountsTable"))
_RESTORED = "restored"


def _restored_now() -> None:
    """Keep what the table holds now, as point-in-time recovery would: rows only, no stream, no time to live."""
    dynamodb = client("dynamodb")
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    dynamodb.create_table(
        TableName=_RESTORED,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
    )
    for item in dynamodb.scan(TableName=_GRANTS)["Items"]:
        dynamodb.put_item(TableName=_RESTORED, Item=item)


def _told(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main([_RESTORED, _GRANTS, *options]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_table_holds_again_what_it_held(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    employer, agent, later = opened(stage, unit(stage)), person(stage), person(stage, 2)
    grant = bound(stage, employer, agent).json["id"]
    _restored_now()
    before = stage.call("delegation.list_agents", token=employer.token).json
    stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": grant})
    bound(stage, employer, later)
    assert stage.call("delegation.list_agents", token=employer.token).json != before
    looked = _told(capsys, "--look")
    assert looked["written"] > 0
    assert looked["removed"] > 0
    assert _told(capsys) == looked
    assert stage.call("delegation.list_agents", token=employer.token).json == before
    assert _told(capsys) == {**looked, "same": looked["same"] + looked["written"], "written": 0, "removed": 0}


@pytest.fixture
def known_as_a_copy(stage: Stage) -> Iterator[None]:
    """Say of the copy what AWS says of a restored table; the engine of the tests restores none."""
    source = {"RestoreSummary": {"SourceTableArn": f"arn:aws:dynamodb:::table/{_GRANTS}", "RestoreInProgress": False}}

    def describe(parsed: dict[str, Any], **_: object) -> None:
        if parsed.get("Table", {}).get("TableName") == _RESTORED:
            parsed["Table"] |= source

    bound(stage, opened(stage, unit(stage)), person(stage))
    _restored_now()
    events = client("dynamodb").meta.events
    events.register("after-call.dynamodb.DescribeTable", describe)
    yield
    events.unregister("after-call.dynamodb.DescribeTable", describe)


@pytest.mark.parametrize(
    ("restored", "table", "why"),
    [
        (_RESTORED, _ACCOUNTS, f"{_RESTORED} is a copy of {_GRANTS}"),
        (_GRANTS, _RESTORED, f"{_RESTORED} is the copy: name it first"),
        ("nowhere", _GRANTS, "ResourceNotFoundException"),
    ],
)
@pytest.mark.usefixtures("known_as_a_copy")
def test_tables_that_do_not_belong_together_stay(capsys: pytest.CaptureFixture[str], restored: str, table: str, why: str) -> None:
    before = [client("dynamodb").scan(TableName=name)["Items"] for name in (_GRANTS, _ACCOUNTS)]
    assert main([restored, table]) == 1
    told = capsys.readouterr().err
    assert told.startswith("cannot put back: ")
    assert why in told
    assert [client("dynamodb").scan(TableName=name)["Items"] for name in (_GRANTS, _ACCOUNTS)] == before
    assert main([_RESTORED, _GRANTS]) == 0
