"""Refusals as a reader of the reference finds them: a table with code, sentences in both languages, facts."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from expertgate.caller import Language
from expertgate.errors.base import ExpertGateError
from expertgate.wording import say
from infra.reference.definitions import ROOT
from infra.reference.facts import Facts

_HEAD: Final = "| code | 中文 | English | facts |\n| --- | --- | --- | --- |"


def table(refusals: Iterable[type[ExpertGateError]]) -> str:
    """Return a table in Markdown, a line for each refusal."""
    return "\n".join([_HEAD, *map(_line, refusals)])


@cache
def facts() -> Facts:
    """Return the facts of all errors."""
    return Facts(sorted((ROOT / "layers/common/expertgate").rglob("*.py")))


def sentences(code: str, section: str = "errors") -> list[str]:
    """Return what is said, in Chinese and English, facts in braces."""
    return [say(section, code, language) for language in (Language.ZH, Language.EN)]


def _line(refusal: type[ExpertGateError]) -> str:
    said = [one.replace("|", "\\|") for one in sentences(refusal.code)]
    named = ", ".join(f"`{one}`" for one in facts().of(refusal))
    return f"| {' | '.join([f'`{refusal.code}`', *said, named])} |"
