"""What a page names is there: doors, files, commands, make targets, tests, parameters and resources of the template."""

import re
from functools import cache
from pathlib import Path

import pytest

from infra.local.intrinsics import parse
from infra.local.template import load
from tests.tree.house import ROOT, name_of, sources, tracked

_PAGES = [path for path in tracked() if path.suffix == ".md" and path.name != "CHANGELOG.md"]
_QUOTED = re.compile(r"`([^`\n]+)`")
_ROUTE = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/(?:v1|\.well-known)/[^\s…?]*)")
_FOLDERS = "|".join(sorted({name_of(path).partition("/")[0] for path in tracked() if path.parent != ROOT}))
_PATH = re.compile(rf"(?:{_FOLDERS})(?:/[\w.-]+)+/?")
_MODULE = re.compile(r"python -m ((?:infra|tests)[\w.]+)")
_MAKE = re.compile(r"(?:^|`)make ([a-z ]+)", re.MULTILINE)
_TEST = re.compile(r"\btest_\w+")
_CHOICE = re.compile(r"\b([A-Z][a-z]+[A-Za-z]+)=(\w*)")
_RESOURCE = re.compile(r"<([A-Z][a-z]\w+)>")
_TEMPLATE = parse((ROOT / "template.yaml").read_text("utf-8"))
_OPERATIONS = (ROOT / "docs/operations.md").read_text("utf-8")


@cache
def _routes() -> frozenset[str]:
    return frozenset(_shape(one.method, one.path) for one in load(ROOT / "template.yaml").routes)


@cache
def _tests() -> frozenset[str]:
    written = "\n".join(path.read_text("utf-8") for path in sources("tests"))
    return frozenset(re.findall(r"def (test_\w+)", written)) | {path.stem for path in sources("tests")}


@cache
def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def _shape(method: str, path: str) -> str:
    return f"{method} {re.sub(r'{[^}]+}', '{}', path)}"


def _quoted(page: Path) -> list[str]:
    return _QUOTED.findall(page.read_text("utf-8"))


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_the_doors_a_page_names_exist(page: Path) -> None:
    named = {_shape(*found.groups()) for one in _quoted(page) if (found := _ROUTE.fullmatch(one)) and "<" not in one}
    assert {one for one in named if not any(re.fullmatch(_open(known), one) for known in _routes())} == set()


def _open(known: str) -> str:
    """Return a route as a pattern: an example may name a value where the route has a place."""
    return re.escape(known).replace(r"\{\}", r"[^/]+")


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_the_files_a_page_names_exist(page: Path) -> None:
    paths = {one for one in _quoted(page) if _PATH.fullmatch(one)}
    assert {one for one in paths if not (ROOT / one).exists()} == set()


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_the_commands_a_page_names_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    modules = {one.rstrip(".").replace(".", "/") for one in _MODULE.findall(text)}
    assert {one for one in modules if not (ROOT / f"{one}.py").exists() and not (ROOT / one / "__main__.py").exists()} == set()
    assert {target for words in _MAKE.findall(text) for target in words.split()} - _targets() == set()


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_the_tests_a_page_names_exist(page: Path) -> None:
    named = {found for one in _quoted(page) for found in _TEST.findall(one)}
    assert {one for one in named if one not in _tests() and one != "test_"} == set()


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_parameters_and_resources_of_pages_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    parameters = _TEMPLATE["Parameters"]
    chosen = {found for one in _quoted(page) if (found := _CHOICE.fullmatch(one))}
    assert [one[0] for one in chosen if one[1] not in parameters] == []
    assert [one[0] for one in chosen if one[2] and one[2] not in parameters[one[1]].get("AllowedValues", [one[2]])] == []
    assert {one for one in _RESOURCE.findall(text) if one not in _TEMPLATE["Resources"]} - {"Area", "Action", "LogicalId"} == set()


def test_operators_are_told_of_each_parameter_and_alarm() -> None:
    alarms = {name for name, one in _TEMPLATE["Resources"].items() if one["Type"] == "AWS::CloudWatch::Alarm"}
    assert {name for name in {*alarms, *_TEMPLATE["Parameters"]} if f"`{name}`" not in _OPERATIONS} == set()


def test_operators_are_told_of_each_subject_of_the_audit() -> None:
    seen = set(re.findall(r"put audit ([A-Z_-]+)", (ROOT / "docs/cost.md").read_text("utf-8")))
    assert len(seen) > 9
    assert {one for one in seen if f"`{one}#" not in _OPERATIONS} == set()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_each_page_is_on_the_map(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if f"(docs/{path.name})" not in text] == []
