"""What is written stays true: links lead somewhere, both READMEs say the same, each dependency has its reason."""

import json
import re
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


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## .+$", makefile, re.MULTILINE))
    assert targets == explained
