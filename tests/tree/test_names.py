"""One action, one name, five places."""

import ast
import sys
from importlib.metadata import packages_distributions

from tests.tree.house import LAYER, ROOT, Action, doors, functions, in_folders, tree_of


def _defined() -> set[Action]:
    """Return the public functions of all rooms of actions."""
    found = set()
    for path in [*LAYER.glob("*/actions.py"), *LAYER.glob("*/actions/**/*.py")]:
        area = path.relative_to(LAYER).parts[0]
        found |= {Action(area, node.name) for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and _is_action(node)}
    return found


def _is_action(function: ast.FunctionDef) -> bool:
    """Tell an action from a private step and from a part of somebody's transaction."""
    return function.name[0] != "_" and [argument.arg for argument in function.args.args][:1] != ["change"]


def _lent() -> set[str]:
    """Return what the modules of the layer use of each other, by name."""
    used = [node for path in LAYER.rglob("*.py") for node in ast.walk(tree_of(path))]
    called = {node.func for node in used if isinstance(node, ast.Call)}
    names = {node.id for node in called if isinstance(node, ast.Name)} | {node.attr for node in called if isinstance(node, ast.Attribute)}
    return names | {alias.name for node in used if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_every_door_has_an_action_of_its_name() -> None:
    assert sorted(set(doors()) - _defined()) == []


def test_every_door_calls_the_action_of_its_name() -> None:
    strayed = [str(action) for action in doors() if action not in _imported(action)]
    assert strayed == []


def test_every_action_stands_behind_a_door() -> None:
    lent = _lent()
    assert [action for action in sorted(_defined() - set(doors())) if action.name not in lent] == []


def test_every_door_has_an_event_sample() -> None:
    assert sorted(in_folders(ROOT / "events", "*.json") ^ set(doors())) == []


def test_every_door_has_a_test_file() -> None:
    assert sorted(in_folders(ROOT / "tests/functions", "test_*.py", "test_") ^ set(doors())) == []


def test_more_tests_of_a_door_lie_in_its_folder() -> None:
    folders = {path.parent for path in (ROOT / "tests/functions").glob("*/*/test_*.py")}
    assert [str(one) for one in folders if not one.with_name(f"test_{one.name}.py").exists()] == []


def test_every_door_is_a_resource_of_its_name() -> None:
    deployed = {(each.logical_id, each.module, each.callable_name) for each in functions().values()}
    assert deployed == {(action.resource, f"functions.{action}", "handler") for action in doors()}


def _imported(action: Action) -> set[Action]:
    """Return the actions that a door imports from the rooms of areas."""
    imports = (node for node in tree_of(action.door).body if isinstance(node, ast.ImportFrom) and node.module)
    rooms = ((node, str(node.module).split(".")) for node in imports)
    return {Action(parts[1], alias.name) for node, parts in rooms if parts[2:3] == ["actions"] for alias in node.names}


def test_no_door_stands_in_the_place_of_a_module() -> None:
    """Lambda looks into a function's own folder first: there a door of that name would be what the whole area imports."""
    modules = {*sys.stdlib_module_names, *packages_distributions(), "expertgate"}
    assert [str(action) for action in doors() if action.name in modules] == []
