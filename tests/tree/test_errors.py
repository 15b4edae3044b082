"""Every error has a status and both languages; every sentence has a use."""

import ast
import importlib
import json
import pkgutil
from enum import StrEnum
from string import Formatter

import pytest

from expertgate import errors
from expertgate.account.model import Status, SuspensionReason
from expertgate.admission.model import Standing
from expertgate.catalogue.model import Level
from expertgate.errors import base
from expertgate.errors.base import ExpertGateError
from expertgate.evidence.model import Purpose
from expertgate.forms.documents import DocumentType
from expertgate.inbound import problems
from expertgate.inbound.problems import STATUS, status_of
from expertgate.outbound.register import Reason
from expertgate.recovery.model import Kind, Step
from expertgate.review.model import CaseState, Duty, OfficialStatus, Outcome
from expertgate.wording import section
from tests.tree.house import LAYER, calls_in, name_of, sources

_FAMILIES = {one for one in vars(base).values() if isinstance(one, type) and issubclass(one, ExpertGateError)} - {base.InvalidInput}
_RAISED_FOR_FIELDS = {"FieldProblem": 0, "refused": 0, "of": 1}  # the place of the rule's name among the arguments


def _concrete() -> list[type[ExpertGateError]]:
    for module in pkgutil.iter_modules(errors.__path__):
        importlib.import_module(f"expertgate.errors.{module.name}")
    found, pending = [], [ExpertGateError]
    while pending:
        one = pending.pop()
        pending += one.__subclasses__()
        if one not in _FAMILIES and one.__module__.startswith("expertgate."):
            found.append(one)
    return sorted(found, key=lambda each: each.__name__)


def _rules() -> set[str]:
    """Return the names of field rules that the code can raise."""
    found = {*problems._RULES.values(), "wrong_type"}
    for path in sources("layers/common/expertgate"):
        for call, name in calls_in(path):
            place = _RAISED_FOR_FIELDS.get(name)
            if place is not None and len(call.args) > place:
                rule = call.args[place]
                found |= {rule.value} if isinstance(rule, ast.Constant) and isinstance(rule.value, str) else set()
    return found


def _either(words: dict[str, str]) -> set[str]:
    return _placeholders(words["zh"]) | _placeholders(words["en"])


class _Anything(set[str]):
    """The facts of a call that passes on what it was given: any."""

    def __ge__(self, other: object) -> bool:
        return True


def _facts(call: ast.Call) -> set[str]:
    """Return the facts that a raise names; `retry_after` may go without its name."""
    if any(keyword.arg is None for keyword in call.keywords):
        return _Anything()
    return {str(keyword.arg) for keyword in call.keywords} | {"retry_after"}


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("error", _concrete(), ids=lambda one: one.code)
def test_an_error_has_a_status(error: type[ExpertGateError]) -> None:
    assert 400 <= status_of(error.__new__(error)) < 600


@pytest.mark.parametrize("error", _concrete(), ids=lambda one: one.code)
def test_an_error_has_words_in_both_languages(error: type[ExpertGateError]) -> None:
    words = section("errors")[error.code]
    assert words["zh"].strip()
    assert words["en"].strip()


def test_every_family_has_a_status() -> None:
    assert set(STATUS) == _FAMILIES - {ExpertGateError}


def test_no_sentence_outlives_its_error() -> None:
    assert sorted(set(section("errors")) - {one.code for one in _concrete()} - {"internal_error"}) == []


def test_what_nobody_expected_has_words_too() -> None:
    assert set(section("errors")["internal_error"]) == {"zh", "en"}


@pytest.mark.parametrize("rule", sorted(_rules()))
def test_a_field_rule_has_words_in_both_languages(rule: str) -> None:
    words = section("fields")[rule]
    assert words["zh"].strip()
    assert words["en"].strip()


def test_field_sentences_state_only_known_facts() -> None:
    spoken = section("fields")
    raised = [(path, call) for path in sources("layers/common/expertgate") for call, name in calls_in(path) if name == "FieldProblem"]
    unknown = [
        f"{name_of(path)}:{call.lineno}"
        for path, call in raised
        if isinstance(call.args[0], ast.Constant) and not _facts(call) >= _either(spoken[str(call.args[0].value)])
    ]
    assert unknown == []
    of_pydantic = {rule for rule in problems._RULES.values() if not _either(spoken[rule]) <= {"limit", "expected"}}
    assert of_pydantic == set()


def test_error_sentences_state_only_known_facts() -> None:
    codes = {one.__name__: one.code for one in _concrete()}
    raised = [(path, call, codes[name]) for path in sources("layers/common/expertgate") for call, name in calls_in(path) if name in codes]
    spoken = section("errors")
    unknown = [f"{name_of(path)}:{call.lineno}" for path, call, code in raised if not _facts(call) >= _either(spoken[code])]
    assert unknown == []


@pytest.mark.parametrize("name", ["errors", "notices", "sentences"])
def test_both_languages_state_the_same_facts(name: str) -> None:
    spoken = section(name)
    differing = [code for code, words in spoken.items() if _placeholders(words["zh"]) != _placeholders(words["en"])]
    assert differing == []


@pytest.mark.parametrize("name", ["errors", "fields", "notices", "sentences"])
def test_codes_are_said_by_known_sentences(name: str) -> None:
    said = {spec for words in section(name).values() for one in words.values() for _, _, spec, _ in Formatter().parse(one) if spec}
    assert [spec for spec in said if not any(code.startswith(f"{spec}_") for code in section("sentences"))] == []


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("case", CaseState),
        ("document", DocumentType),
        ("duty", Duty),
        ("level", Level),
        ("no_account", Kind),
        ("official", OfficialStatus),
        ("outcome", Outcome),
        ("purpose", Purpose),
        ("register", Reason),
        ("standing", Standing),
        ("status", Status),
        ("step", Step),
        ("suspension", SuspensionReason),
        ("then", Step),
    ],
)
def test_every_code_that_is_said_has_words(prefix: str, codes: type[StrEnum]) -> None:
    assert [one for one in codes if f"{prefix}_{one}" not in section("sentences")] == []


def test_no_code_has_words_in_two_files() -> None:
    seen: dict[tuple[str, str], str] = {}
    for file in sorted((LAYER / "words").glob("*.json")):
        for name, spoken in json.loads(file.read_text("utf-8")).items():
            for code in spoken:
                assert (name, code) not in seen, f"{name}.{code} in {file.name} and {seen[name, code]}"
                seen[name, code] = file.name
