"""Validity of documents (ACC-05, ACC-19)."""

from datetime import date

import pytest

from expertgate.forms.problems import FieldProblem
from expertgate.forms.validity import Term, parse_validity, years_later

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("term", "end"),
    [
        (Term.FIVE_YEARS, date(2029, 2, 28)),
        (Term.TEN_YEARS, date(2034, 2, 28)),
        (Term.TWENTY_YEARS, date(2044, 2, 29)),
        (Term.LONG_TERM, None),
    ],
)
def test_term_from_a_leap_day_ends_in_february(term: Term, end: date | None) -> None:
    assert parse_validity(date(2024, 2, 29), TODAY, term=term).end == end


@pytest.mark.parametrize(
    ("term", "end"), [(Term.FIVE_YEARS, date(2029, 3, 1)), (Term.TEN_YEARS, date(2034, 3, 1)), (Term.TWENTY_YEARS, date(2044, 3, 1))]
)
def test_term_ends_on_the_day_it_began(term: Term, end: date) -> None:
    assert parse_validity(date(2024, 3, 1), TODAY, term=term).end == end


@pytest.mark.parametrize(
    ("start", "end", "term", "rule"),
    [
        (date(2024, 1, 1), None, None, "validity_end_required"),
        (date(2026, 11, 22), None, Term.TEN_YEARS, "validity_start"),
        (date(1979, 12, 31), None, Term.LONG_TERM, "validity_start"),
        (date(2026, 1, 1), date(2026, 1, 1), None, "validity_order"),
        (date(2016, 11, 20), date(2026, 11, 20), None, "document_expired"),
        (date(2024, 1, 1), date(2034, 1, 2), Term.TEN_YEARS, "validity_disagrees"),
        (date(2024, 1, 1), date(2034, 1, 1), Term.LONG_TERM, "validity_disagrees"),
    ],
)
def test_impossible_validity_names_its_rule(start: date, end: date | None, term: Term | None, rule: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse_validity(start, TODAY, end=end, term=term, birth=date(1980, 1, 1))
    assert raised.value.rule == rule


@pytest.mark.parametrize(
    ("birth", "term", "usual"),
    [
        (date(2011, 1, 2), Term.FIVE_YEARS, True),  # 15 on the day of issue
        (date(2011, 1, 1), Term.FIVE_YEARS, False),  # 16
        (date(2001, 1, 2), Term.TEN_YEARS, True),  # 25
        (date(2001, 1, 1), Term.TWENTY_YEARS, True),  # 26
        (date(1981, 1, 2), Term.TWENTY_YEARS, True),  # 45
        (date(1981, 1, 1), Term.LONG_TERM, True),  # 46
        (date(1981, 1, 1), Term.TWENTY_YEARS, False),
    ],
)
def test_term_against_age_only_warns(birth: date, term: Term, usual: bool) -> None:
    assert (not parse_validity(date(2027, 1, 1), date(2027, 1, 1), term=term, birth=birth).warnings) is usual


def test_leap_day_stays_between_leap_years() -> None:
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
