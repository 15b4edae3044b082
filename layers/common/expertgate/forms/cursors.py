"""Where a page of a list ended, marked with the list, so that what another list gave, or nobody, is told from it."""

import re
from hashlib import sha256

from expertgate.forms.problems import FieldProblem

# Long enough that no slip of a program passes; it keeps nobody out, a place only says where his own list goes on.
_MARK = 8


def marked(listed: str, place: str) -> str:
    """Return the cursor of a place in a list."""
    return f"{place}.{_mark(listed, place)}"


def parse_cursor(listed: str, form: str, cursor: str) -> str:
    """Return the place, of this form, that a cursor of this list names.

    Raises FieldProblem for any other.
    """
    place, _, mark = cursor.rpartition(".")
    if not re.fullmatch(form, place, re.DOTALL) or mark != _mark(listed, place):
        raise FieldProblem("cursor_form")
    return place


def _mark(listed: str, place: str) -> str:
    return sha256(f"{listed}|{place}".encode(errors="surrogatepass")).hexdigest()[:_MARK]
