"""Samples for the reference: how to ask, from the events, and what is answered, as the doors themselves gave it."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from infra.reference.definitions import ROOT

# Written by `python -m tests.reference.write`; tests/reference/test_samples.py plays each door and demands what stands here.
FOLDER: Final = Path(__file__).resolve().parent / "answers"


def asked(area: str, name: str) -> dict[str, Any]:
    """Return the event that shows how to ask, its body read as what it is."""
    sample: dict[str, Any] = json.loads((ROOT / "events" / area / f"{name}.json").read_text("utf-8"))
    kind, body = sample["headers"].get("content-type", ""), sample.get("body")
    return sample | ({"example": json.loads(body) if "json" in kind else body} if body else {})


def answered(area: str, name: str) -> dict[str, Any]:
    """Return the answer of a door as an `example`; nothing for a door that nobody has played yet."""
    samples = _answers(area)
    return {"example": samples[name]} if name in samples else {}


@cache
def _answers(area: str) -> dict[str, Any]:
    file = FOLDER / f"{area}.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found
