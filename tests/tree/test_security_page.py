"""Every test that the security page names is there, and every requirement of the standard has its line."""

import re

from infra.local.template import load
from tests.tree.house import ROOT

_PAGE = (ROOT / "docs/security.md").read_text("utf-8")
_NAMED = re.compile(r"`((?:tests|infra)/[\w./]+)`")
_LINE = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+) \| (.*)\|$", re.MULTILINE)
_DOORS = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/v1/[^`]+)`")
# OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 each section has; within a section they come first.
_SECTIONS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3
5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3
9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1
13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""


def test_each_claim_names_a_test_that_exists() -> None:
    named = set(_NAMED.findall(_PAGE))
    assert len(named) > 25
    assert sorted(one for one in named if not (ROOT / one).exists()) == []


def test_every_requirement_of_the_standard_has_its_line() -> None:
    sections = [one.split(":") for one in _SECTIONS.split()]
    wanted = {f"{section}.{number}" for section, count in sections for number in range(1, int(count) + 1)}
    assert len(wanted) == 253
    assert sorted({line[0] for line in _LINE.findall(_PAGE)} ^ wanted) == []


def test_a_requirement_is_shown_or_has_its_reason() -> None:
    silent = [number for number, how, shown in _LINE.findall(_PAGE) if not shown.strip() and not how.startswith("n/a")]
    assert silent == []


def test_the_incident_steps_name_doors_that_exist() -> None:
    routes = {f"{one.method} {re.sub(r'{[^}]+}', '{}', one.path)}" for one in load(ROOT / "template.yaml").routes}
    named = {f"{method} {re.sub(r'{[^}]+}', '{}', path)}" for method, path in _DOORS.findall(_PAGE)}
    assert len(named) > 5
    assert sorted(named - routes) == []
