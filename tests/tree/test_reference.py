"""The reference made of all doors: whoever builds a page has only that."""

from collections import defaultdict
from typing import Any

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
