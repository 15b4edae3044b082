"""Case kinds and their chains, from the catalogue's data."""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files

from expertgate.caller import Language
from expertgate.catalogue.rules import due
from expertgate.catalogue.store import NATIONAL, chain, workdays
from expertgate.review.model import CaseKind, Level
from expertgate.review.rules.chains import chain_of


@cache
def kinds() -> dict[str, CaseKind]:
    """Return all kinds by code."""
    data = json.loads((files("expertgate") / "catalogue/data/case_kinds.json").read_text("utf-8"))
    return {row["code"]: _kind(row) for row in data["rows"]}


def kind_name(code: str, language: Language) -> str:
    """Return the name of a kind of case."""
    return kinds()[code].words[language.value]


def levels_of(kind: str, bureau: str | None) -> tuple[Level, ...]:
    """Return the chain of a kind of case for the chosen bureau; the platform's and the nation's kinds need none."""
    case_kind = kinds()[kind]
    first = bureau if case_kind.chain == "bureau" else NATIONAL
    return chain_of(case_kind, chain(first) if first else ())


def due_at(level: Level, now: datetime) -> datetime:
    """Return the first instant at which a decision at this level is late (REV-04)."""
    return due(workdays(), now, level.working_days).instant


def _kind(row: dict[str, object]) -> CaseKind:
    lists = {name: frozenset(row.get(name, ())) for name in ("remark_fields", "told", "hidden", "fixed", "registered")}  # type: ignore[call-overload]  # lists of the data file
    together = tuple(frozenset(fields) for fields in row.get("together", ()))  # type: ignore[attr-defined]  # as above
    return CaseKind(**{**row, **lists, "together": together})
