"""The people behind an account: none of them decides a case about it, whichever of them sent the form (REV-03)."""

from collections.abc import Callable, Iterator
from datetime import date

from expertgate.account.model import Account
from expertgate.forms.documents import DocumentType, parse_document
from expertgate.forms.problems import FieldProblem
from expertgate.review.rules.marks import marks_of

type Index = Callable[[str, str], str]


def marks_of_people(index: Index, account: Account) -> frozenset[str]:
    """Return the marks of a person, or of a unit's legal representative and main agent."""
    marks = marks_of(index, account.document.unique_key if account.document else None, account.mobile)
    unit = account.unit
    if unit is None:
        return marks
    if unit.legal_representative is not None:
        marks |= marks_of(index, unit.legal_representative.document.unique_key, None)
    if unit.main_agent is not None:
        marks |= marks_of(index, unit.main_agent.document.unique_key, unit.main_agent.mobile)
    return marks


def marks_of_typed(index: Index, number: str | None, mobile: str | None, today: date) -> frozenset[str]:
    """Return the marks of somebody of whom a form gives a number without its type: of each type it can be read as."""
    marks = marks_of(index, None, mobile)
    for key in _keys(number, today) if number else ():
        marks |= marks_of(index, key, None)
    return marks


def _keys(number: str, today: date) -> Iterator[str]:
    for kind in DocumentType:
        try:
            yield parse_document(kind, number, today).unique_key
        except FieldProblem:
            continue
