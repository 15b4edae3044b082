"""The message catalogue: what users read, in Chinese and English, from `words/*.json`."""

import json
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from expertgate.caller import Language

if TYPE_CHECKING:
    from expertgate.errors.base import ExpertGateError

type Section = dict[str, dict[str, str]]

_WORDS = Path(__file__).parent / "words"


@cache
def section(name: str) -> Section:
    """Return one section (errors, fields, notices, sentences) of all areas together."""
    together: Section = {}
    for file in sorted(_WORDS.glob("*.json")):
        together |= json.loads(file.read_bytes()).get(name, {})
    return together


def say(section_name: str, code: str, language: Language, facts: dict[str, object] | None = None) -> str:
    """Return the sentence for a code, its facts put in.

    `{step:then}` says the fact `step` by the sentence `then_<its value>`; a fact may be a list, or words in each language.

    Raises KeyError for a code without words; a tree test keeps that from happening.
    """
    words = section(section_name)[code][language.value]
    return _Lenient(language).vformat(words, (), facts or {}) if "{" in words else words


def say_error(error: "ExpertGateError", language: Language) -> str:
    """Return the sentence of an error, with its reason where it has one."""
    if error.because is None:
        return say("errors", error.code, language, error.facts)
    return say("sentences", f"{error.code}_because", language, {"why": say("sentences", error.because, language)})


def facts_said(section_name: str, code: str, language: Language, facts: dict[str, object]) -> dict[str, str]:
    """Return each fact as the sentence says it, for carriers that put facts into sentences of their own."""
    parts = Formatter().parse(section(section_name)[code][language.value])
    specs = {name: spec or "" for _, name, spec, _ in parts if name}
    speaker = _Lenient(language)
    return {name: speaker.format_field(fact, specs.get(name, "")) for name, fact in facts.items()}


class _Lenient(Formatter):
    """Leaves an unknown fact as its name, an unknown code as it is: a poorer sentence is better than an error about an error."""

    def __init__(self, language: Language) -> None:
        """Speak to a reader of this language."""
        self._language = language

    def get_value(self, key: int | str, args: object, kwargs: object) -> object:  # noqa: ARG002 -- the base class calls it so
        """Return the fact."""
        facts: dict[str, object] = kwargs if isinstance(kwargs, dict) else {}
        return facts.get(str(key), f"{{{key}}}")

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a fact in the reader's words, a list as an enumeration."""
        if isinstance(value, list | tuple):
            between = "、" if self._language is Language.ZH else ", "
            return between.join(self.format_field(one, format_spec) for one in value)
        if isinstance(value, dict):
            return str(value.get(self._language.value, value))
        spoken = section("sentences").get(f"{format_spec}_{value}") if format_spec else None
        return spoken[self._language.value] if spoken else str(value)
