"""Every rule that refuses or warns has its sentence in both languages, and every sentence its rule."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2] / "layers/common/expertgate"
WORDS: dict[str, dict[str, str]] = {
    rule: words
    for file in sorted((HOUSE / "words").glob("*.json"))
    for rule, words in json.loads(file.read_text("utf-8")).get("fields", {}).items()
}
# The parsers that are given the name of their rule.
READERS = {"FieldProblem", "_of_form"}


def _calls() -> Iterator[ast.Call]:
    for file in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
                yield node


def _rules(call: ast.Call) -> list[str]:
    return [one.value for one in ast.walk(call) if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value in WORDS]


def test_every_refusal_has_its_words() -> None:
    for call in _calls():
        literal = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        assert set(literal) <= WORDS.keys(), f"line {call.lineno}: {literal}"


def test_every_sentence_is_used_somewhere() -> None:
    sources = "\n".join(file.read_text("utf-8") for file in HOUSE.rglob("*.py"))
    assert [rule for rule in WORDS if f'"{rule}"' not in sources] == []


def test_facts_fill_every_placeholder() -> None:
    for call in _calls():
        given = {one.arg for one in call.keywords}
        for rule in _rules(call):
            assert _placeholders(rule, "zh") | _placeholders(rule, "en") <= given, rule


@pytest.mark.parametrize("rule", WORDS)
def test_every_rule_speaks_both_languages(rule: str) -> None:
    assert WORDS[rule].keys() == {"zh", "en"}
    assert re.search(r"[一-鿿]", WORDS[rule]["zh"])
    assert WORDS[rule]["en"].isascii()


def _placeholders(rule: str, language: str) -> set[Any]:
    return set(re.findall(r"\{(\w+)(?::\w+)?\}", WORDS[rule][language]))
