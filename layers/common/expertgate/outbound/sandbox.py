"""The sample people and units of the sandbox providers, read from `data/sandbox.json`."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: what the register knows, and how the provider behaves when asked."""

    name: str
    does: str = "compare"
    face: str = "up"
    representative: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def sample_person(number: str) -> Sample | None:
    """Return the sample person with this number, on whichever of the cards that carry it, or None."""
    return _people().get(number)


def sample_unit(uscc: str) -> Sample | None:
    """Return the sample unit with this credit code, or None."""
    return _units().get(uscc)


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    text = (files("expertgate.outbound") / "data" / "sandbox.json").read_text("utf-8")
    data: dict[str, list[dict[str, Any]]] = json.loads(text)
    return data


@cache
def _people() -> dict[str, Sample]:
    return {one["number"]: _sample(one) for one in _data()["people"]}


@cache
def _units() -> dict[str, Sample]:
    return {one["uscc"]: _sample(one) for one in _data()["units"]}


def _sample(one: dict[str, Any]) -> Sample:
    days = {name: date.fromisoformat(one[name]) for name in ("valid_from", "valid_to") if name in one}
    return Sample(one["name"], one.get("does", "compare"), one.get("face", "up"), one.get("representative", ""), **days)
