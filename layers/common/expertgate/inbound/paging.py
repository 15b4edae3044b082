"""Cursors at the doors: each list takes its own and refuses the others', by name of the list."""

from functools import partial
from typing import Final

from pydantic import AfterValidator, PlainSerializer

from expertgate.forms.cursors import marked, parse_cursor
from expertgate.inbound.fields import ruled


class Pages:
    """What a list is known by: `asked` reads its cursors, `told` and `cursor` write them; actions see the place alone."""

    def __init__(self, listed: str, form: str = ".+") -> None:
        """Name the list, and the form of a place where what is near it in the table must not be reached by one."""
        self.asked: Final[AfterValidator] = ruled(partial(parse_cursor, listed, form))
        self.cursor: Final = partial(_cursor, listed)
        self.told: Final = PlainSerializer(self.cursor, str | None, "json")


def _cursor(listed: str, place: str | None) -> str | None:
    return None if place is None else marked(listed, place)
