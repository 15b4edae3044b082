"""PynamoDB's attributes for flat rows: the same types and expressions, without the look for nested ones at each step.

PynamoDB asks at every look at a value whether it is inside a map, and makes path and placeholder of an attribute anew for every expression:
together a quarter of a log-in. No row has maps, lists or another name in the table than here (docs/decisions/0012).
"""

# ruff: noqa: ANN401 -- PynamoDB says Any of what may be compared with an attribute
import json
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from pynamodb import attributes as usual  # noqa: TID251 -- this is where they come from
from pynamodb.expressions.operand import Path, Value


class Slot:
    """The place of a value that is given each time an expression is used (`expressions.Prepared`)."""

    def __init__(self, name: str) -> None:
        """Remember under which name it is given."""
        self.name = name


def given(name: str) -> Any:
    """Return such a place; it may stand wherever a value may."""
    return Slot(name)


_PLAIN = frozenset({str, int, bool, bytes, Slot})


class _Given(Value):
    """A value of an attribute's own type."""

    def __init__(self, value: object, attribute: Any) -> None:
        self.attr_type = attribute.attr_type
        self.values = ({self.attr_type: (value, attribute) if isinstance(value, Slot) else attribute.serialize(value)},)

    def serialize(self, _placeholder_names: dict[str, str], expression_attribute_values: dict[str, Any]) -> str:
        placeholder = f":{len(expression_attribute_values)}"
        expression_attribute_values[placeholder] = self.values[0]
        return placeholder


class _Name(Path):
    """An attribute's name in an expression."""

    def serialize(self, placeholder_names: dict[str, str], _expression_attribute_values: dict[str, Any]) -> str:
        name = self.values[0][0]
        return placeholder_names.get(name) or placeholder_names.setdefault(name, f"#{len(placeholder_names)}")

    def _to_operand(self, value: Any) -> Any:
        return _Given(value, self.attribute) if type(value) in _PLAIN else super()._to_operand(value)


class _Flat:
    """Stands in front of PynamoDB's attribute; the types are those of PynamoDB."""

    attr_path: list[str]

    @cached_property
    def path(self) -> _Name:
        """Return the name in expressions."""
        return _Name(cast("Any", self))

    if not TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any:
            return self if instance is None else instance.attribute_values.get(self.attr_path[0])


def _by_path(operation: str) -> Callable[..., Any]:
    return lambda self, *given, **named: getattr(self.path, operation)(*given, **named)


for _operation in ("set", "add", "exists", "does_not_exist", "__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__add__"):
    setattr(_Flat, _operation, _by_path(_operation))


class BinaryAttribute(_Flat, usual.BinaryAttribute):
    """Bytes."""


class BooleanAttribute(_Flat, usual.BooleanAttribute):
    """Yes or no."""


class JSONAttribute(_Flat, usual.JSONAttribute):
    """What JSON can say, as a text."""


class UnicodeAttribute(_Flat, usual.UnicodeAttribute):
    """A text."""


class NumberAttribute(_Flat, usual.NumberAttribute):
    """A number; nearly all of ours are whole."""

    def serialize(self, value: Any) -> str:
        """Return it as DynamoDB writes it."""
        return str(value) if type(value) is int else json.dumps(value)

    def deserialize(self, value: str) -> Any:
        """Return what DynamoDB wrote."""
        try:
            return int(value)
        except ValueError:
            return json.loads(value)
