"""What the layer declares is used by what runs: a function that only its test calls is a twin waiting to differ."""

import ast
import re
from collections.abc import Iterator

from tests.tree.house import name_of, sources, tree_of

_CALLED_OTHERWISE = {
    "readable": "io.RawIOBase calls it",
    "readinto": "io.RawIOBase calls it",
    "list_available_services": "botocore calls it",
    "suspend_case": "an issue names the state it leads to; docs/admission-and-review.md says why no door does yet",
    "resume_case": "the way back from it",
}


def _named(tree: ast.AST) -> Iterator[str]:
    """Yield what a file names without declaring it: in code, in imports, and as text that is resolved later."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name):
                yield name.rpartition(".")[2]
            case ast.Constant(value=str(text)) if re.fullmatch(r"[\w.]+:\w+", text):
                yield text.rpartition(":")[2]


def _declared() -> Iterator[tuple[str, str]]:
    for path in sources("layers"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield name_of(path), node.name


def test_what_is_declared_is_used() -> None:
    named = {name for folder in ("layers", "functions", "infra") for path in sources(folder) for name in _named(tree_of(path))}
    idle = {name for _, name in _declared() if name not in named}
    assert idle == _CALLED_OTHERWISE.keys()  # an exception that nobody needs any more goes
