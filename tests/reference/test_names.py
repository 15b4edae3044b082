"""What the reference calls things: whoever builds a page has only that."""

from collections import defaultdict
from typing import Any

import pytest

from infra.reference.document import plain
from tests.tree.house import Action, routed

# Where a page decides by a code what it shows next, the reference says which codes there are.
_CODES = {
    "LoggedIn": ("kind", "next"),
    "Registered": ("real_name", "real_name_reason", "next"),
    "AccountAnswer": ("status", "level", "email_state", "missing"),
    "IdentityAnswer": ("real_name",),
    "IdentityStep": ("step",),
    "PartAnswer": ("part", "reason"),
    "FaceCheckAnswer": ("state",),
    "RecoveryStarted": ("kind",),
    "StepAnswer": ("step", "state"),
    "NextAnswer": ("step", "code_purpose"),
}


def test_a_name_means_one_thing() -> None:
    meanings: dict[str, dict[str, list[Action]]] = defaultdict(lambda: defaultdict(list))
    for action in routed():
        for name, schema in plain(action.module()).get("components", {}).get("schemas", {}).items():
            meanings[name][repr(schema)].append(action)
    assert meanings
    assert {name: [str(doors[0]) for doors in meant.values()] for name, meant in meanings.items() if len(meant) > 1} == {}


@pytest.mark.parametrize(("model", "field"), [(model, field) for model, fields in _CODES.items() for field in fields])
def test_what_a_page_turns_on_is_listed(model: str, field: str, reference: dict[str, Any]) -> None:
    schemas = reference["components"]["schemas"]
    assert _codes(schemas, schemas[model]["properties"][field])


def _codes(schemas: dict[str, Any], described: dict[str, Any]) -> list[str]:
    """Return the codes a field may have, wherever its description keeps them."""
    if "$ref" in described:
        described = schemas[described["$ref"].rpartition("/")[2]]
    within = [described["items"]] if "items" in described else described.get("anyOf", [])
    return [*described.get("enum", []), *(code for one in within for code in _codes(schemas, one))]
