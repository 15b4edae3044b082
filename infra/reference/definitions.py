"""Our code as its files show it: modules, their definitions, and which definition a name means."""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
BUILTINS: Final = "builtins"

type Imported = tuple[str, str | None]


class Definition(NamedTuple):
    """A function, class or variable of a module; a method is named after its class too."""

    module: str
    name: str


class Module:
    """What one file defines and imports."""

    def __init__(self, tree: ast.Module, *, holds_modules: bool) -> None:
        """Take what stands at the top of the file; a package holds further modules."""
        self.holds_modules = holds_modules
        self.nodes: dict[str, ast.AST] = {}
        self.imported: dict[str, Imported] = {}
        self._take(tree.body)

    def _take(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                self.nodes[statement.name] = statement
                self.nodes |= {f"{statement.name}.{one.name}": one for one in statement.body if isinstance(one, ast.FunctionDef)}
            elif isinstance(statement, ast.Import | ast.ImportFrom):
                self.imported |= imported_by(statement)
            elif isinstance(statement, ast.If):
                self._take([*statement.body, *statement.orelse])
            else:
                self.nodes |= dict.fromkeys(_assigned(statement), statement)


class Code:
    """All modules below some folders, read when they are first asked for."""

    def __init__(self, *folders: Path) -> None:
        """Remember where modules are looked for."""
        self._folders = folders
        self.module = cache(self._module)
        self.methods = cache(self._methods)
        self.ancestors = cache(self._ancestors)

    def node(self, definition: Definition) -> ast.AST:
        """Return what defines it."""
        module = self.module(definition.module)
        if module is None:
            raise LookupError(definition)
        return module.nodes[definition.name]

    def is_class(self, definition: Definition) -> bool:
        """Tell a class from a function or a variable."""
        return definition.module != BUILTINS and isinstance(self.node(definition), ast.ClassDef)

    def _methods(self, owner: Definition) -> dict[str, Definition]:
        """Return what a class itself defines, by name."""
        module = self.module(owner.module)
        below = f"{owner.name}."
        names = [name for name in module.nodes if name.startswith(below)] if module is not None else []
        return {name.removeprefix(below): Definition(owner.module, name) for name in names}

    def named(self, module_name: str, path: list[str], local: Mapping[str, Imported] | None = None) -> Definition | None:
        """Return what a dotted name means in a module, None where it is not ours or an attribute of a value."""
        first, *rest = path
        place = (local or {}).get(first)
        found = self._imported(*place) if place else self._inside(module_name, first)
        for name in rest:
            if not isinstance(found, str):
                return None
            found = self._inside(found, name)
        return found if isinstance(found, Definition) else None

    def _inside(self, module_name: str, name: str) -> Definition | str | None:
        module = self.module(module_name)
        if module is None:
            return None
        if name in module.nodes:
            return Definition(module_name, name)
        if name in module.imported:
            return self._imported(*module.imported[name])
        below = f"{module_name}.{name}"
        return below if module.holds_modules and self.module(below) is not None else None

    def _imported(self, module_name: str, name: str | None) -> Definition | str | None:
        if name is not None:
            return self._inside(module_name, name)
        return module_name if self.module(module_name) is not None else None

    def _module(self, name: str) -> Module | None:
        for folder in self._folders:
            place = folder / name.replace(".", "/")
            for file in (place.with_suffix(".py"), place / "__init__.py"):
                if file.is_file():
                    return Module(parsed(file), holds_modules=file.parent == place)
            if place.is_dir():
                return Module(ast.Module([], []), holds_modules=True)  # a package without a file of its own
        return None

    def _ancestors(self, definition: Definition) -> frozenset[Definition]:
        """Return the class and all it comes from; what is not ours is taken for a builtin."""
        found = {definition}
        node = self.node(definition) if definition.module != BUILTINS else None
        for base in node.bases if isinstance(node, ast.ClassDef) else []:
            path = dotted(base.value if isinstance(base, ast.Subscript) else base)
            parent = (self.named(definition.module, path) or Definition(BUILTINS, path[-1])) if path else None
            found |= self.ancestors(parent) if parent else set()
        return frozenset(found)


@cache
def parsed(file: Path) -> ast.Module:
    """Return what a file says, read once."""
    return ast.parse(file.read_text("utf-8"), str(file))


def dotted(node: ast.expr) -> list[str]:
    """Return the parts of a dotted name; empty for another expression."""
    if isinstance(node, ast.Name):
        return [node.id]
    before = dotted(node.value) if isinstance(node, ast.Attribute) else []
    return [*before, node.attr] if isinstance(node, ast.Attribute) and before else []


def imported_by(statement: ast.Import | ast.ImportFrom) -> dict[str, Imported]:
    """Return what an import calls things, and what they are."""
    if isinstance(statement, ast.ImportFrom):
        return {one.asname or one.name: (statement.module or "", one.name) for one in statement.names}
    return {
        one.asname or one.name.partition(".")[0]: (one.name if one.asname else one.name.partition(".")[0], None) for one in statement.names
    }


def _assigned(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.TypeAlias):
        return [statement.name.id]
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
