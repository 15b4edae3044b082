"""The house numbers: how long a file, a function, a door, and how tangled.

A file's lines are its physical lines. A function's body is what stands below its signature, docstring left out, counted in physical
lines; nested functions count for themselves and for the one around them. Complexity is one and one more for every statement, handler,
case or comprehension at which the flow can part (McCabe).
"""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.tree.house import Action, doors, name_of, sources, tree_of

_OURS = ("functions", "layers/common/expertgate", "infra")
_NESTING = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
_PARTINGS = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.comprehension)

type Def = ast.FunctionDef | ast.AsyncFunctionDef


def _files() -> list[Path]:
    return [path for path in sources(*_OURS) if path.read_text("utf-8").strip()]


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _functions() -> list[tuple[str, Def]]:
    return [
        (f"{name_of(path)}:{node.name}", node)
        for path in _files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _body(function: Def) -> int:
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return int(statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def _complexity(function: Def) -> int:
    return 1 + sum(isinstance(node, _PARTINGS) for node in ast.walk(function))


def _depth(statements: list[ast.stmt]) -> int:
    return max((_depth_of(one) for one in statements), default=0)


def _depth_of(statement: ast.stmt) -> int:
    blocks = [getattr(statement, name, []) for name in ("body", "finalbody")]
    blocks += [part.body for name in ("handlers", "cases") for part in getattr(statement, name, [])]
    otherwise = getattr(statement, "orelse", [])
    is_elif = isinstance(statement, ast.If) and len(otherwise) == 1 and isinstance(otherwise[0], ast.If)
    inner = max((_depth(block) for block in [*blocks, *([] if is_elif else [otherwise])]), default=0)
    return max(int(isinstance(statement, _NESTING)) + inner, _depth(otherwise) if is_elif else 0)


def _tenth(values: list[int]) -> float:
    return quantiles(values, n=10)[-1]


@pytest.mark.parametrize("action", doors(), ids=str)
def test_a_door_has_at_most_forty_five_lines(action: Action) -> None:
    assert _lines(action.door) <= 45


def test_no_file_is_over_three_hundred_lines() -> None:
    assert {name_of(path): count for path in _files() if (count := _lines(path)) > 300} == {}


def test_nine_files_of_ten_have_two_hundred_lines() -> None:
    assert _tenth([_lines(path) for path in _files()]) <= 200


def test_no_function_is_over_forty_lines() -> None:
    assert {name: count for name, node in _functions() if (count := _body(node)) > 40} == {}


def test_functions_fit_in_the_hand() -> None:
    bodies = [_body(node) for _, node in _functions()]
    assert median(bodies) <= 7
    assert _tenth(bodies) <= 22


def test_no_function_is_more_tangled_than_eight() -> None:
    assert {name: count for name, node in _functions() if (count := _complexity(node)) > 8} == {}


def test_no_function_nests_deeper_than_three() -> None:
    assert {name: depth for name, node in _functions() if (depth := _depth(node.body)) > 3} == {}


def test_every_module_opens_with_one_line() -> None:
    silent = [name_of(path) for path in _files() if not ast.get_docstring(tree_of(path))]
    assert silent == []


def test_no_file_is_named_after_nothing() -> None:
    empty_words = {"utils", "util", "helpers", "helper", "manager", "processor", "misc", "common", "handlers"}
    assert [name_of(path) for path in sources(*_OURS, "tests") if path.stem in empty_words] == []


def test_tests_are_named_in_few_words() -> None:
    tests = [
        (name_of(path), node.name)
        for path in sources("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [each for each in tests if not 3 <= len(each[1].removeprefix("test_").split("_")) <= 9] == []
