"""Requests never walk a whole table, and no function may."""

import json
from typing import Any

from tests.tree.house import calls_in, name_of, resources, sources

_PAGED = {"limit", "page_size", "Limit"}
_READS_TABLES = ("functions", "layers/common/expertgate")


# The re-sealing after a key rotation must meet every row; nothing else may.
_WALKS = "PlatformResealRows"


def test_no_code_scans_but_the_resealing() -> None:
    scans = {name_of(path) for path in sources(*_READS_TABLES) for _, name in calls_in(path) if name == "scan"}
    assert scans == {"layers/common/expertgate/platform/store.py"}


def test_no_function_may_scan_but_the_resealing() -> None:
    assert [name for name, one in resources().items() if "dynamodb:Scan" in json.dumps(one)] == [_WALKS]
    assert "Http" not in json.dumps(resources()[_WALKS]["Properties"]["Events"])
    written = json.dumps(resources())
    assert "dynamodb:*" not in written
    assert "DynamoDBCrudPolicy" not in written


def test_every_query_has_a_page_size() -> None:
    endless = [
        f"{name_of(path)}:{call.lineno}"
        for path in sources(*_READS_TABLES)
        for call, name in calls_in(path)
        if name == "query" and not _PAGED & {each.arg for each in call.keywords}
    ]
    assert endless == []


def test_the_audit_can_only_be_added_to() -> None:
    allowed = {
        action
        for each in resources().values()
        for statement in _statements(each)
        if "AuditTable" in json.dumps(statement.get("Resource"))
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    assert allowed <= {"dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"}
    assert "dynamodb:PutItem" in allowed


def _statements(resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every policy statement written anywhere in a resource."""
    found: list[dict[str, Any]] = []
    pending: list[Any] = [resource]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            found += [one] if {"Effect", "Action"} <= set(one) else []
            pending += list(one.values())
        elif isinstance(one, list):
            pending += one
    return found
