"""The one way in which a typed value is refused: a named rule with its facts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self


class FieldProblem(ValueError):
    """A value breaks `rule`; `facts` fill the rule's sentence and never hold the value itself."""

    def __init__(self, rule: str, /, **facts: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts
        self.field = ""

    def at(self, field: str) -> Self:
        """Name the field of the form, for rules that are checked after the request was parsed."""
        self.field = field
        return self


@contextmanager
def told_at(field: str) -> Iterator[None]:
    """Tell a problem inside under this field of the form, unless it names one of its own."""
    try:
        yield
    except FieldProblem as exc:
        raise exc.at(exc.field or field) from None
