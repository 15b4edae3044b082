"""Whoever the sandbox knows is on the page about it, so that every outcome can be tried (D-09)."""

import json

import pytest

from tests.tree.house import LAYER, ROOT

_SANDBOX = json.loads((LAYER / "outbound/data/sandbox.json").read_text("utf-8"))
_PAGE = (ROOT / "docs/identity-and-recovery.md").read_text("utf-8")


@pytest.mark.parametrize("one", _SANDBOX["people"], ids=lambda one: str(one["number"]))
def test_a_sample_person_is_on_the_page(one: dict[str, str]) -> None:
    assert any(line.startswith(f"| {one['name']} | {one['number']} ") for line in _PAGE.splitlines())


@pytest.mark.parametrize("one", _SANDBOX["units"], ids=lambda one: str(one["uscc"]))
def test_a_sample_unit_is_on_the_page(one: dict[str, str]) -> None:
    assert f"| {one['name']} | {one['uscc']} | {one['representative']} | " in _PAGE


def test_every_outcome_has_its_sample() -> None:
    people = _SANDBOX["people"]
    assert {one.get("does", "compare") for one in people} == {"compare", "slow", "down", "unknown"}
    assert {one.get("does", "compare") for one in _SANDBOX["units"]} == {"compare", "slow", "down", "unknown"}
    assert any(one.get("face") == "down" for one in people)
    assert any("valid_to" in one for one in people)
