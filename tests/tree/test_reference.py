"""The reference made of all doors: whoever builds a page has only that."""

import importlib
from collections import defaultdict
from typing import Any

import pytest

from tests.tree.house import Action, routed

type Meanings = dict[str, dict[str, list[Action]]]


def _meanings() -> Meanings:
    """Return name -> what it stands for -> the doors that say so: all doors' schemas go into one document by their names."""
    found: Meanings = defaultdict(lambda: defaultdict(list))
    for action in routed():
        schemas: dict[str, Any] = action.module().app.get_openapi_schema()["components"]["schemas"]
        for name, schema in schemas.items():
            found[name][repr(schema)].append(action)
    return found


def test_a_name_of_the_reference_means_one_thing() -> None:
    twice = {name: [str(doors[0]) for doors in meant.values()] for name, meant in _meanings().items() if len(meant) > 1}
    assert twice == {}


# Where a page decides by a code what it shows next, the reference says which codes there are.
_CODES = {
    "account.log_in": ("LoggedIn.kind", "LoggedIn.next"),
    "account.register_person": ("Registered.real_name", "Registered.real_name_reason", "Registered.next"),
    "account.show_account": ("AccountAnswer.status", "AccountAnswer.level", "AccountAnswer.email_state", "AccountAnswer.missing"),
    "identity.show_identity": ("IdentityAnswer.real_name", "IdentityStep.step", "PartAnswer.part", "PartAnswer.reason"),
    "identity.show_face_check": ("FaceCheckAnswer.state",),
    "recovery.start_recovery": (
        "RecoveryStarted.kind",
        "StepAnswer.step",
        "StepAnswer.state",
        "NextAnswer.step",
        "NextAnswer.code_purpose",
    ),
}


@pytest.mark.parametrize("action", _CODES)
def test_what_a_page_turns_on_is_listed(action: str) -> None:
    app = importlib.import_module(f"functions.{action}").app
    schemas: dict[str, Any] = app.get_openapi_schema()["components"]["schemas"]
    for place in _CODES[action]:
        name, _, field = place.partition(".")
        assert _codes(schemas, schemas[name]["properties"][field]), place


def _codes(schemas: dict[str, Any], described: dict[str, Any]) -> list[str]:
    """Return the codes a field may have, wherever its description keeps them."""
    if "$ref" in described:
        described = schemas[described["$ref"].rpartition("/")[2]]
    within = [described["items"]] if "items" in described else described.get("anyOf", [])
    return [*described.get("enum", []), *(code for one in within for code in _codes(schemas, one))]
