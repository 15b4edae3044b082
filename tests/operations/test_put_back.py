"""The command that puts rows of a restored table back: the system answers as it did at that instant."""

import json
from typing import Any

import pytest

from expertgate.outbound.aws import client
from infra.operations.put_back import main
from tests.builders.grants import bound, opened, person, unit
from tests.conftest import TEMPLATE
from tests.stage import Stage

_GRANTS = next(table.name for table in TEMPLATE.tables if table.name.endswith("GrantsTable"))
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
