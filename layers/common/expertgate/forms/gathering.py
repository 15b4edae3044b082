"""Reading several fields of a form and refusing all the broken ones together."""

from collections.abc import Callable
from typing import cast

from expertgate.errors.base import InvalidInput
from expertgate.forms.problems import FieldProblem


class Gathering:
    """Reads field after field; what is broken is kept until `settle`, before which nothing read may be used."""

    def __init__(self) -> None:
        self._problems: list[tuple[str, str, dict[str, object]]] = []

    def read[**Given, Value](self, field: str, parse: Callable[Given, Value], *args: Given.args, **kwargs: Given.kwargs) -> Value:
        """Parse one field; nothing may be done with it before `settle`, since a broken one is None."""
        return cast("Value", self.attempt(field, parse, *args, **kwargs))

    def attempt[**Given, Value](self, field: str, parse: Callable[Given, Value], *args: Given.args, **kwargs: Given.kwargs) -> Value | None:
        """Parse one field, None where it is broken; a problem that names a field of its own is told under that one, beside `field`."""
        try:
            return parse(*args, **kwargs)
        except FieldProblem as exc:
            prefix = field.rpartition(".")[0]
            name = f"{prefix}.{exc.field}" if prefix and exc.field else exc.field or field
            self._problems.append((name, exc.rule, exc.facts))
            return None

    def settle(self) -> None:
        """Refuse the form if any field was broken.

        Raises InvalidInput.
        """
        if self._problems:
            raise InvalidInput(self._problems)
