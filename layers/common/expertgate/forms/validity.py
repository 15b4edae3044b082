"""How long a document is valid (ACC-05, ACC-19): two dates, or a start and a term."""

from calendar import isleap
from datetime import date
from enum import StrEnum

from expertgate.forms.problems import FieldProblem
from expertgate.records import Record

# Below the age, the years an identity card is issued for; from 46 it is long-term.
_YEARS_BELOW_AGE = {16: 5, 26: 10, 46: 20}


class Term(StrEnum):
    """The terms a resident identity card is issued for."""

    FIVE_YEARS = "5"
    TEN_YEARS = "10"
    TWENTY_YEARS = "20"
    LONG_TERM = "long_term"


class Validity(Record):
    """Both days included; no end is 长期有效."""

    start: date
    end: date | None
    warnings: tuple[str, ...] = ()


def parse_validity(start: date, today: date, *, end: date | None = None, term: Term | None = None, birth: date | None = None) -> Validity:
    """Read a validity given by its end, its term or both; a birth date lets an unusual term be noticed."""
    if end is None and term is None:
        raise FieldProblem("validity_end_required").at("validity_end")
    if start > today or (birth is not None and start < birth):
        raise FieldProblem("validity_start").at("validity_start")
    last = end if term is None else _end_of(start, term, end)
    if last is not None and last <= start:
        raise FieldProblem("validity_order").at("validity_end")
    if last is not None and last < today:
        raise FieldProblem("document_expired").at("validity_end")
    return Validity(start, last, () if birth is None or last in _usual_ends(birth, start) else ("validity_term_unusual",))


def years_later(day: date, years: int) -> date:
    """The same calendar day years later; 29 February becomes the 28th."""
    year = day.year + years
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) and not isleap(year) else day.replace(year=year)


def _end_of(start: date, term: Term, end: date | None) -> date | None:
    if term is Term.LONG_TERM:
        if end is not None:
            raise FieldProblem("validity_disagrees").at("validity_end")
        return None
    last = years_later(start, int(term))
    if end is not None and end != last:
        raise FieldProblem("validity_disagrees").at("validity_end")
    return last


def _usual_ends(birth: date, start: date) -> set[date | None]:
    age = start.year - birth.year - ((start.month, start.day) < (birth.month, birth.day))
    years = next((years for limit, years in _YEARS_BELOW_AGE.items() if age < limit), None)
    return {None if years is None else years_later(start, years)}
