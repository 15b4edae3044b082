"""Which facts a refusal carries: those that its raisers name and those that its sentence says."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

from expertgate.errors.base import ExpertGateError
from expertgate.wording import section
from infra.reference.definitions import parsed


class Facts:
    """The facts of all errors, gathered from the code once."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Look at every call in these files that may make an error."""
        self._named: dict[str, set[str]] = defaultdict(set)
        for file in files:
            for node in ast.walk(parsed(file)):
                self._note(node)

    def of(self, error: type[ExpertGateError]) -> list[str]:
        """Return the facts of an error, those that its families add included."""
        words = section("errors")[error.code]
        said = {name for sentence in words.values() for _, name, _, _ in Formatter().parse(sentence) if name}
        return sorted(said.union(*(self._named[kind.__name__] for kind in error.__mro__)))

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.ClassDef):
            self._named[node.name] |= {fact for call in _initial(node) for fact in _keywords(call)}
        elif isinstance(node, ast.Call) and node.keywords:
            for name in _called(node.func):
                self._named[name] |= set(_keywords(node))


def _initial(node: ast.ClassDef) -> Iterator[ast.Call]:
    """Yield the calls by which a class hands facts to its family."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "__init__":
            yield one


def _called(func: ast.expr) -> list[str]:
    if isinstance(func, ast.IfExp):
        return [*_called(func.body), *_called(func.orelse)]
    return [func.id] if isinstance(func, ast.Name) else [func.attr] if isinstance(func, ast.Attribute) else []


def _keywords(call: ast.Call) -> Iterator[str]:
    return (keyword.arg for keyword in call.keywords if keyword.arg)
