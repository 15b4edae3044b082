"""Frozen records whose methods are written when the first one is made: a door defines eighty kinds and makes a few."""

from dataclasses import Field, dataclass, field
from threading import RLock
from typing import Any, ClassVar, dataclass_transform

_lock = RLock()


class _Fields:
    """The fields of a kind of record, for whoever asks before one was made."""

    def __get__(self, made: object, kind: type) -> dict[str, Field[Any]]:
        """Write the kind's methods, and return the fields that came with them."""
        if kind is Record:
            raise AttributeError  # the standard library looks for fields of bases
        return dict(_written(kind).__dict__["__dataclass_fields__"])


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """A frozen dataclass that costs nothing until it is used: its methods are those of the standard library from then on."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 -- what the kind's own takes
        """Make the first of its kind."""
        _written(type(self)).__init__(self, *given, **named)

    def __eq__(self, other: object) -> bool:
        """Compare as the kind does, once it is written."""
        return bool(_written(type(self)).__eq__(self, other))

    def __hash__(self) -> int:
        """Hash as the kind does, once it is written."""
        return int(_written(type(self)).__hash__(self))


def _written(kind: type) -> Any:  # noqa: ANN401 -- the kind itself; its methods are not known before
    """Return the kind with its methods; another thread may be writing them just now."""
    with _lock:
        return kind if "__dataclass_fields__" in kind.__dict__ and "__init__" in kind.__dict__ else dataclass(frozen=True)(kind)


setattr(Record, "__dataclass_fields__", _Fields())  # noqa: B010 -- the name is declared as what it gives
