"""Expressions as a request holds them: written by PynamoDB, once where only their values change from one request to the next."""

from collections.abc import Callable, Sequence
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action, AddAction, DeleteAction, RemoveAction, SetAction

from expertgate.outbound.attributes import Slot

_CLAUSES = {SetAction: "SET", RemoveAction: "REMOVE", AddAction: "ADD", DeleteAction: "DELETE"}
_RANKS = {kind: rank for rank, kind in enumerate(_CLAUSES)}
_VALUES = "ExpressionAttributeValues"


class Said(dict[str, Any]):
    """The members of a request that hold expressions, their names and values."""


def said(when: Condition | None, actions: Sequence[Action] = ()) -> Said:
    """Return what a condition and actions come to, as PynamoDB has it."""
    names, values, told = dict[str, str](), dict[str, Any](), Said()
    if when is not None:
        told["ConditionExpression"] = when.serialize(names, values)
    if actions:
        told["UpdateExpression"] = updating(actions, names, values)
    if names:
        told["ExpressionAttributeNames"] = {placeholder: name for name, placeholder in names.items()}
    if values:
        told[_VALUES] = values
    return told


class Prepared:
    """A condition and actions whose values are given each time: made anew, those of a log-in were an eighth of its steps."""

    def __init__(self, when: Condition | None = None, actions: Sequence[Action] = ()) -> None:
        """Write them; what comes each time is `given(name)`."""
        self._told = said(when, actions)
        values = self._told.pop(_VALUES, {})
        self._fixed = {placeholder: value for placeholder, value in values.items() if _slot(value) is None}
        self._slots: list[tuple[str, str, str, Callable[[Any], Any]]] = []
        for placeholder, value in values.items():
            if (found := _slot(value)) is not None:
                self._slots.append((placeholder, found[1].attr_type, found[0].name, found[1].serialize))

    def __call__(self, **given: object) -> Said:
        """Return them with these values.

        Raises KeyError where one is missing.
        """
        values = {**self._fixed, **{place: {kind: serialize(given[name])} for place, kind, name, serialize in self._slots}}
        return Said(self._told, **{_VALUES: values}) if values else self._told


def updating(actions: Sequence[Action], names: dict[str, str], values: dict[str, Any]) -> str:
    """Return the update expression of these actions, as PynamoDB's `Update` does."""
    clauses: dict[str, list[str]] = {}
    for action in sorted(actions, key=_rank) if len(actions) > 1 else actions:
        clauses.setdefault(_CLAUSES[type(action)], []).append(action.serialize(names, values))
    return " ".join(f"{keyword} {', '.join(told)}" for keyword, told in clauses.items())


def _rank(action: Action) -> int:
    return _RANKS[type(action)]


def _slot(value: dict[str, Any]) -> tuple[Slot, Any] | None:
    (held,) = value.values()
    return held if isinstance(held, tuple) else None
