"""Every route has a rule of who may call it, and the template says the same as the door."""

import ast
from collections import Counter

import pytest

from infra.local import naming
from infra.local.template import load
from tests.conftest import TEMPLATE
from tests.permissions import is_permitted
from tests.tree.house import ROOT, Action, doors, routed, tree_of


def _asked(action: Action) -> tuple[str, str]:
    """Return method and path of a door, spelled as in the template."""
    app = action.module().app
    (route,) = app._static_routes + app._dynamic_routes
    return route.method.upper(), route.path.replace("<", "{").replace(">", "}")


@pytest.mark.parametrize("action", routed(), ids=str)
def test_a_door_says_whom_it_lets_in(action: Action) -> None:
    assert action.module().app.allow


@pytest.mark.parametrize("action", doors(), ids=str)
def test_a_door_is_made_by_the_factory(action: Action) -> None:
    assigned = [node for node in tree_of(action.door).body if isinstance(node, ast.Assign)]
    made = {ast.unparse(node.value).partition("(")[0] for node in assigned}
    assert made in ({"door", "app.handler"}, {"task"})


def test_template_and_doors_name_the_same_routes() -> None:
    deployed = {(route.function, route.method, route.path) for route in load(ROOT / "template.yaml").routes}
    assert deployed == {(action.resource, *_asked(action)) for action in routed()}


@pytest.mark.parametrize("action", [one for one in routed() if _asked(one)[0] != "GET"], ids=str)
def test_a_changing_door_may_look_for_repeats(action: Action) -> None:
    repeats = naming.arn("AWS::DynamoDB::Table", TEMPLATE.environment["REPEATS_TABLE"])
    assert is_permitted(str(action), ("dynamodb:GetItem", repeats))


def test_no_two_doors_share_a_route() -> None:
    counted = Counter(_asked(action) for action in routed())
    assert [route for route, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("action", routed(), ids=str)
def test_a_door_has_a_summary_for_the_reference(action: Action) -> None:
    app = action.module().app
    (route,) = app._static_routes + app._dynamic_routes
    assert route.summary
