"""What a piece of code uses: the definitions it mentions, the attributes it asks of values, and what is caught around each."""

import ast
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from infra.reference.definitions import BUILTINS, Code, Definition, Imported, dotted, imported_by

type Caught = frozenset[Definition]

# `effects`, `readers` and `belongings` look upward by such names.
_PLACE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+:[a-z_]+")
# What runs whenever a class is used: all that Python or pydantic calls unasked.
_UNASKED = re.compile(r"validator|serializer|computed_field")


@dataclass(frozen=True, slots=True)
class Use[What: (Definition, str)]:
    """A definition or an attribute that is used, where these errors are caught; an annotation only names what a value is."""

    what: What
    caught: Caught
    annotates: bool = False


class Uses(ast.NodeVisitor):
    """What the body of one definition uses."""

    def __init__(self, code: Code, definition: Definition) -> None:
        """Look through it."""
        self.definitions: list[Use[Definition]] = []
        self.attributes: list[Use[str]] = []
        self._code = code
        self._module = definition.module
        self._caught: Caught = frozenset()
        self._annotates = False
        node = code.node(definition)
        self._local: dict[str, Imported] = {}
        if isinstance(node, ast.ClassDef):
            self._visit_all([*node.decorator_list, *node.bases, *(one for one in node.body if _runs_unasked(one))])
        else:
            self.visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Note what a name means."""
        self._mention([node.id])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note what a dotted name means, or what is asked of a value."""
        if self._mention(dotted(node)):
            return
        if isinstance(node.ctx, ast.Load):
            self.attributes.append(Use(node.attr, self._caught))
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        """Pass by the classes that a value is only compared with."""
        compares = isinstance(node.func, ast.Name) and node.func.id in {"isinstance", "issubclass"}
        self.generic_visit(ast.Tuple(node.args[:1], ast.Load()) if compares else node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Follow a place named in a string, and an annotation written as one."""
        if not isinstance(node.value, str):
            return
        if self._annotates:
            with suppress(SyntaxError):  # a word of a Literal or a description
                self.visit(ast.parse(node.value, mode="eval").body)
        elif _PLACE.fullmatch(node.value):
            module, _, name = node.value.partition(":")
            found = self._code.named(module, [name])
            self.definitions += [Use(found, self._caught)] if found else []

    def visit_arg(self, node: ast.arg) -> None:
        """Look at what a parameter is said to be."""
        self._annotation(node.annotation)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Look at signature and body."""
        self._visit_all(node.decorator_list)
        self.visit(node.args)
        self._annotation(node.returns)
        self._visit_all(node.body)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Look at what a variable is said to be, and at its value."""
        self._annotation(node.annotation)
        self._visit_all([node.value] if node.value else [])

    def visit_Import(self, node: ast.Import) -> None:
        """Note what a name means from here on; what is imported is used by its name."""
        self._local |= imported_by(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Note it as well."""
        self._local |= imported_by(node)

    def visit_Try(self, node: ast.Try) -> None:
        """Remember what is caught while the body is looked through; a handler that raises it again catches nothing."""
        outside = self._caught
        self._caught |= {one for handler in node.handlers if not _raises_again(handler) for one in self._caught_by(handler.type)}
        self._visit_all(node.body)
        self._caught = outside
        self._visit_all([*(one for handler in node.handlers for one in handler.body), *node.orelse, *node.finalbody])

    def visit_With(self, node: ast.With) -> None:
        """Remember what is suppressed while the body is looked through."""
        outside = self._caught
        self._visit_all(item for item in node.items if not _suppressed(item.context_expr))
        self._caught |= {error for item in node.items for kind in _suppressed(item.context_expr) for error in self._caught_by(kind)}
        self._visit_all(node.body)
        self._caught = outside

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _annotation(self, node: ast.expr | None) -> None:
        outside, self._annotates = self._annotates, True
        self._visit_all([node] if node else [])
        self._annotates = outside

    def _mention(self, path: list[str]) -> bool:
        found = self._code.named(self._module, path, self._local) if path else None
        self.definitions += [Use(found, self._caught, self._annotates)] if found else []
        return found is not None

    def _caught_by(self, kind: ast.expr | None) -> set[Definition]:
        """Return the classes that a handler names, one by one or by the name of several."""
        if kind is None:
            return {Definition(BUILTINS, "Exception")}
        if isinstance(kind, ast.Tuple):
            return {one for part in kind.elts for one in self._caught_by(part)}
        found = self._code.named(self._module, dotted(kind), self._local) if dotted(kind) else None
        if found is None:
            return {Definition(BUILTINS, dotted(kind)[-1])} if dotted(kind) else set()
        return {found} if self._code.is_class(found) else {one.what for one in Uses(self._code, found).definitions}


def _suppressed(manager: ast.expr) -> list[ast.expr]:
    """Return the classes that contextlib's `suppress` is told."""
    return manager.args if isinstance(manager, ast.Call) and dotted(manager.func)[-1:] == ["suppress"] else []


def _runs_unasked(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.FunctionDef):
        return True
    return statement.name.startswith("__") or any(_UNASKED.search(ast.unparse(one)) for one in statement.decorator_list)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler lets what it caught go on, as it is or told more exactly."""
    raised = [one.exc for statement in handler.body for one in ast.walk(statement) if isinstance(one, ast.Raise)]
    return any(exc is None or any(isinstance(one, ast.Name) and one.id == handler.name for one in ast.walk(exc)) for exc in raised)
