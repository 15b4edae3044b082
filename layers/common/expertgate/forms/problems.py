"""The one way in which a typed value is refused: a named rule with its facts."""

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
