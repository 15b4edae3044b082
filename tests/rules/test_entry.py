"""Every situation leads to the outcome that D-06 names."""

from itertools import product

import pytest

from expertgate.admission.model import EntryOutcome, HoldState, ReviewState, Situation, Standing, role_of
from expertgate.admission.rules.entry import decide

ALL = [Situation(*each) for each in product(HoldState, Standing, Standing, ReviewState)]


def said(situation: Situation) -> EntryOutcome:
    """Return the outcome as the table of D-06 says it, read line by line."""
    returned = situation.review is ReviewState.RETURNED
    table = [
        (situation.hold is HoldState.OPEN, EntryOutcome.SUSPENDED),
        (situation.unit in {Standing.UNKNOWN, Standing.ENDED}, EntryOutcome.UNIT_FORM),
        (situation.unit is Standing.SUBMITTED and returned, EntryOutcome.UNIT_FORM),
        (situation.unit is not Standing.ADMITTED, EntryOutcome.UNIT_PENDING),
        (situation.member is Standing.RETIRED, EntryOutcome.REFUSED),
        (situation.member in {Standing.UNKNOWN, Standing.ENDED}, EntryOutcome.MEMBER_FORM),
        (situation.member is Standing.SUBMITTED and returned, EntryOutcome.MEMBER_FORM),
        (situation.member is not Standing.ADMITTED, EntryOutcome.MEMBER_PENDING),
        (True, EntryOutcome.HOME),
    ]
    return next(outcome for applies, outcome in table if applies)


def test_every_combination_leads_to_the_outcome_of_the_table() -> None:
    assert len(ALL) == 6 * 6 * 6 * 7
    assert [each for each in ALL if decide(each) is not said(each)] == []


def test_nobody_gets_home_without_all_three() -> None:
    home = [each for each in ALL if decide(each) is EntryOutcome.HOME]
    assert {each.unit for each in home} == {each.member for each in home} == {Standing.ADMITTED}
    assert HoldState.OPEN not in {each.hold for each in home}


@pytest.mark.parametrize(
    ("situation", "outcome"),
    [
        (Situation(HoldState.OPEN, Standing.UNKNOWN, Standing.UNKNOWN, ReviewState.NONE), EntryOutcome.SUSPENDED),
        (Situation(HoldState.NONE, Standing.UNKNOWN, Standing.UNKNOWN, ReviewState.NONE), EntryOutcome.UNIT_FORM),
        (Situation(HoldState.NONE, Standing.SUBMITTED, Standing.UNKNOWN, ReviewState.IN_REVIEW), EntryOutcome.UNIT_PENDING),
        (Situation(HoldState.NONE, Standing.SUBMITTED, Standing.UNKNOWN, ReviewState.APPROVED), EntryOutcome.UNIT_PENDING),
        (Situation(HoldState.NONE, Standing.SUBMITTED, Standing.UNKNOWN, ReviewState.RETURNED), EntryOutcome.UNIT_FORM),
        (Situation(HoldState.NONE, Standing.ADMITTED, Standing.UNKNOWN, ReviewState.NONE), EntryOutcome.MEMBER_FORM),
        (Situation(HoldState.NONE, Standing.ADMITTED, Standing.SUBMITTED, ReviewState.IN_REVIEW), EntryOutcome.MEMBER_PENDING),
        (Situation(HoldState.NONE, Standing.ADMITTED, Standing.SUBMITTED, ReviewState.SUSPENDED), EntryOutcome.MEMBER_PENDING),
        (Situation(HoldState.RELEASED, Standing.ADMITTED, Standing.ADMITTED, ReviewState.NONE), EntryOutcome.HOME),
    ],
)
def test_the_manuals_cases_come_out_as_it_says(situation: Situation, outcome: EntryOutcome) -> None:
    assert decide(situation) is outcome


def test_the_units_own_account_administers_and_agents_declare() -> None:
    assert (role_of("U1", "U1"), role_of("A1", "U1")) == ("unit_administrator", "unit_applicant")
