"""What is written stays true: links lead somewhere, both READMEs say the same, each dependency has its reason."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.tree.house import ROOT, name_of, tracked

_PAGES = [path for path in tracked() if path.suffix == ".md"]
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)


def _prose(path: Path) -> str:
    return _FENCED.sub("", path.read_text("utf-8"))


def _anchors(path: Path) -> set[str]:
    titles = (line.lstrip("#").strip() for line in _prose(path).splitlines() if _HEADING.match(line))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    target, _, anchor = link.partition("#")
    found = (page.parent / target).resolve() if target else page
    return found.exists() and (not anchor or found.suffix != ".md" or anchor in _anchors(found))


@pytest.mark.parametrize("page", _PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [first or second for first, second in _LINK.findall(_prose(page))]
    assert [link for link in links if not _leads_somewhere(page, link)] == []


def test_both_readmes_have_the_same_headings() -> None:
    english, chinese = (_prose(ROOT / name) for name in ("README.md", "README.zh-CN.md"))
    levels = [[line.split(" ")[0] for line in text.splitlines() if _HEADING.match(line)] for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert levels[0]


def test_every_dependency_has_its_reason() -> None:
    wanted = set()
    for file in (ROOT / "requirements").glob("*.in"):
        lines = (line.strip() for line in file.read_text("utf-8").splitlines())
        wanted |= {re.split(r"[=<>\[ ]", line)[0] for line in lines if line and line[0] not in "#-"}
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    for group in ("dependencies", "devDependencies", "optionalDependencies"):
        wanted |= set(package[group])
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE)
    named = {name.strip() for row in rows for name in row.split(",")} - {"package", "---"}
    assert named == wanted


def test_one_command_deploys_and_one_stack_is_named() -> None:
    environments = tomllib.loads((ROOT / "samconfig.toml").read_text("utf-8"))
    stack = environments["production"]["deploy"]["parameters"]["stack_name"]
    pages = [path.read_text("utf-8") for path in _PAGES]
    assert {name for page in pages for name in re.findall(r"--stack-name (\S+)", page)} == {stack}
    deploying = [line.strip() for page in pages for line in page.splitlines() if re.match(r" *\S+/sam deploy ", line)]
    assert len(deploying) == 3
    assert len(set(deploying)) == 1
    assert "--config-env production " in deploying[0]


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## .+$", makefile, re.MULTILINE))
    assert targets == explained
