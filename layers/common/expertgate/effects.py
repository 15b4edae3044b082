"""What the end of a case does, by kind: each entry names a function of the kind's own area, `effect(change, case, outcome)`.

The only module that looks upward: the closing step finds the function by its name, so that the review desk knows no other area.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

EFFECTS: dict[str, str] = {}


def effect_of(kind: str) -> Callable[[Any, Any, str], None]:
    """Return the function that carries out what was decided of a case of this kind."""
    module, _, name = EFFECTS[kind].partition(":")
    effect: Callable[[Any, Any, str], None] = getattr(import_module(module), name)
    return effect
