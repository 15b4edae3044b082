"""How each operation can refuse: what its code can raise, and what the edge refuses before."""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from expertgate.caller import Allow
from expertgate.errors import edge
from expertgate.errors.base import ExpertGateError, InvalidInput
from expertgate.inbound.problems import STATUS
from infra.reference.definitions import Code, Definition
from infra.reference.reach import Reach
from infra.reference.ruled_out import is_ruled_out

type Refusal = type[ExpertGateError]

_FIELD_PROBLEM: Final = Definition("expertgate.forms.problems", "FieldProblem")
_EVERYBODY: Final = ~Allow(0)
# What the edge refuses by itself, whatever the action does.
_OF_THE_EDGE: Final = frozenset({edge.IdempotencyKeyInvalid, edge.MalformedBody, edge.BodyTooLarge, edge.RouteUnknown})
# A key can belong to another request only where an action's own change keeps answers; what is no change is asked with none.
_OF_REPEATS: Final = frozenset({edge.IdempotencyKeyReused})


@dataclass(frozen=True)
class Operation:
    """What the edge looks at before an action is called."""

    area: str
    name: str
    allow: Allow
    changes: bool
    in_path: bool
    is_checked: bool
    has_body: bool
    is_kept: bool
    unreadable: Refusal | None = None

    def __str__(self) -> str:
        """Return area.name, as everywhere."""
        return f"{self.area}.{self.name}"


class Refusals:
    """The refusals of all operations below a folder."""

    def __init__(self, root: Path) -> None:
        """Remember where the code is."""
        code = Code(root, root / "layers/common")
        self._reach = Reach(code, "expertgate.errors", _FIELD_PROBLEM, "expertgate.inbound.http")
        self.raised = cache(self._raised)

    def of(self, operation: Operation) -> list[Refusal]:
        """Return how an operation can refuse, by status and code."""
        raised = {one for one in self.raised(operation.area, operation.name) if not is_ruled_out(str(operation), one.code)}
        found = raised - _OF_THE_EDGE - (frozenset() if operation.changes else _OF_REPEATS) | of_the_edge(operation)
        if operation.unreadable is not None:
            found = {one for one in found if not issubclass(one, InvalidInput | edge.MalformedBody)}
        return sorted(found, key=lambda one: (status(one), one.code))

    def way(self, area: str, name: str, refusal: Refusal) -> list[Definition]:
        """Return by which definitions code comes from a door to where an error is made."""
        error = Definition(refusal.__module__, refusal.__name__)
        return self._reach.way(_door(area, name), _FIELD_PROBLEM if refusal is InvalidInput else error)

    def _raised(self, area: str, name: str) -> frozenset[Refusal]:
        found = self._reach.errors_of(_door(area, name))
        return frozenset(one for one in map(_loaded, found) if one not in STATUS)


def of_the_edge(operation: Operation) -> set[Refusal]:
    """Return what is refused before the action is asked, or instead of its answer."""
    return {
        edge.LoginRequired,  # whoever brings a token must have a good one, at any door
        edge.TryAgain,
        *({edge.CallerKindRefused} if operation.allow != _EVERYBODY else ()),
        *({edge.RouteUnknown} if operation.in_path else ()),
        *({edge.IdempotencyKeyInvalid} if operation.changes else ()),
        *({edge.MalformedBody, edge.BodyTooLarge} if operation.has_body else ()),
        *({operation.unreadable or InvalidInput} if operation.is_checked else ()),
    }


def status(refusal: Refusal) -> int:
    """Return the status of a class of errors."""
    return next(STATUS[family] for family in refusal.__mro__ if family in STATUS)


def _door(area: str, name: str) -> Definition:
    return Definition(f"functions.{area}.{name}", name)


def _loaded(error: Definition) -> Refusal:
    if error == _FIELD_PROBLEM:
        return InvalidInput
    found: Refusal = getattr(importlib.import_module(error.module), error.name)
    return found
