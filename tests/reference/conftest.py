"""The reference of all doors, made once."""

import json
from typing import Any

import pytest

from infra.local.openapi import merged
from tests.tree.house import routed


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Give the document as it is served."""
    document: dict[str, Any] = json.loads(merged([f"functions.{action}" for action in routed()]))
    return document


@pytest.fixture(scope="session")
def operations(reference: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give what it says of each operation, by area.name."""
    found = [one for methods in reference["paths"].values() for one in methods.values()]
    return {one["operationId"].replace("_", ".", 1): one for one in found}
