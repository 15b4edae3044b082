"""The house as its files show it: what the tree tests compare."""

import ast
import importlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from infra.local.facts import Function
from infra.local.intrinsics import parse
from infra.local.template import load

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "layers/common/expertgate"
DOORS = ROOT / "functions"

AREAS = ("platform", "admission", "delegation", "recovery", "identity", "account", "review", "notice", "evidence", "catalogue")


@dataclass(frozen=True, order=True)
class Action:
    """One action by area and name, as the five places spell it."""

    area: str
    name: str

    def __str__(self) -> str:
        """Return area.action, the way tests call a door."""
        return f"{self.area}.{self.name}"

    @property
    def resource(self) -> str:
        """Return the logical id in template.yaml: AccountRegisterUnit."""
        return "".join(word.capitalize() for word in [*self.area.split("_"), *self.name.split("_")])

    @property
    def door(self) -> Path:
        """Return the door's file."""
        return DOORS / self.area / f"{self.name}.py"

    @property
    def event(self) -> Path:
        """Return the sample's file."""
        return ROOT / "events" / self.area / f"{self.name}.json"

    def module(self) -> ModuleType:
        """Import the door as tests do."""
        return importlib.import_module(f"functions.{self.area}.{self.name}")


def in_folders(folder: Path, pattern: str, prefix: str = "") -> set[Action]:
    """Return the actions that files of this kind name."""
    found = (path for path in folder.glob(f"*/{pattern}") if path.stem != "__init__")
    return {Action(path.parent.name, path.stem.removeprefix(prefix)) for path in found}


def doors() -> list[Action]:
    """Return all doors; a house without doors has lost them."""
    found = sorted(in_folders(DOORS, "*.py"))
    assert found, f"no doors in {DOORS}"
    return found


def routed() -> list[Action]:
    """Return the doors that people and systems knock at, tasks left out."""
    return [action for action in doors() if hasattr(action.module(), "app")]


@cache
def resources() -> dict[str, dict[str, Any]]:
    """Return the resources of template.yaml as written."""
    written: dict[str, dict[str, Any]] = parse((ROOT / "template.yaml").read_text("utf-8"))["Resources"]
    return written


@cache
def functions() -> dict[str, Function]:
    """Return the functions of template.yaml by logical id."""
    return dict(load(ROOT / "template.yaml").functions)


def tracked() -> list[Path]:
    """Return the files that a clone would have."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    """Return our Python files below these folders."""
    wanted = [ROOT / folder for folder in folders]
    return [path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in wanted)]


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def calls_in(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call in a file with the last part of the name it calls."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def name_of(path: Path) -> str:
    """Return the path as a reader would say it."""
    return str(path.relative_to(ROOT))
