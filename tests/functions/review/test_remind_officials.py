"""Reminders go out at half, four fifths and the end of the time, on working days, then one level up; never while the clock stands."""

from datetime import date, datetime, time, timedelta

import pytest

from expertgate.catalogue.rules import is_working_day
from expertgate.catalogue.store import workdays
from expertgate.forms.dates import SHANGHAI
from expertgate.notice.store import NoticeRow
from expertgate.review.actions.opening import resume_case, suspend_case
from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from expertgate.review.store.clocks import to_remind
from expertgate.review.store.rows import META, CaseRow, case_key
from tests.builders.cases import as_system, claim, decide, opened
from tests.builders.notices import told
from tests.builders.officials import HANDAN, HEBEI, official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _at(stage: Stage, day: int, hour: int) -> int:
    """Go to a day of March 2026 and an hour of Shanghai; return how many reminders go out."""
    stage.clock.set(datetime(2026, 3, day, hour, tzinfo=SHANGHAI))
    return int(stage.run("review.remind_officials")["sent"])


def test_reminders_follow_the_working_time(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    # Opened on Monday the 2nd at nine, due at the end of Monday the 9th: half is Thursday before dawn, four fifths Friday evening.
    sent = [_at(stage, day, hour) for day in range(2, 10) for hour in (9, 18)]
    assert sent == [0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    assert sorted(told(desk.id)) == ["case_due", "case_four_fifths", "case_half"]


def test_nobody_is_reminded_on_a_weekend(stage: Stage) -> None:
    opened(stage)
    official(stage)
    _at(stage, 6, 12)
    assert [_at(stage, day, hour) for day in (7, 8) for hour in (9, 18)] == [0, 0, 0, 0]
    assert _at(stage, 9, 9) == 1


def test_no_holiday_of_the_table_brings_a_reminder(stage: Stage) -> None:
    stage.clock.set(datetime(2004, 1, 2, 9, tzinfo=SHANGHAI))
    opened(stage)
    official(stage)
    holidays = [day for year in workdays().values() for day in year.weekday_off]
    sundays = [day for year in range(2004, 2027) for day in (date(year, 1, 1) + timedelta(days=one) for one in range(300, 307))]
    off = [*holidays, *(day for day in sundays if not is_working_day(workdays(), day))]
    assert {day.year for day in off} == set(range(2004, 2027))
    for day in off:
        stage.clock.set(datetime.combine(day, time(10), SHANGHAI))
        assert stage.run("review.remind_officials") == {"sent": 0}, day
    stage.clock.set(datetime(2026, 11, 25, 10, tzinfo=SHANGHAI))
    assert stage.run("review.remind_officials") == {"sent": 1}


def test_an_unclaimed_case_is_told_to_all_reviewers(stage: Stage) -> None:
    opened(stage)
    desks = [official(stage), official(stage)]
    _at(stage, 5, 18)
    assert [told(desk.id) for desk in desks] == [["case_half"], ["case_half"]]


def test_an_overdue_case_is_told_one_level_up_once(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    supervisor, above = official(stage, HANDAN, Duty.SUPERVISOR), official(stage, HEBEI, Duty.SUPERVISOR)
    for day in range(5, 13):
        _at(stage, day, 12)
        _at(stage, day, 18)
    assert sorted(told(desk.id)) == ["case_due", "case_four_fifths", "case_half"]
    assert (told(supervisor.id), told(above.id)) == (["case_due"], ["case_escalated"])


def test_an_outage_leaves_one_true_reminder(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    above = official(stage, HEBEI, Duty.SUPERVISOR)
    # Half, four fifths and the end passed while nothing ran: on the morning after, the case is not due today.
    assert [_at(stage, 10, 10) for _ in range(3)] == [1, 1, 0]
    assert (told(desk.id), told(above.id)) == (["case_overdue"], ["case_escalated"])


def test_a_short_outage_skips_what_is_passed(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    assert [_at(stage, 6, 23), _at(stage, 6, 23), _at(stage, 9, 18)] == [1, 0, 1]
    assert sorted(told(desk.id)) == ["case_due", "case_four_fifths"]


@pytest.mark.parametrize("fault", ["gone", "broken seal"])
def test_a_fault_with_one_keeps_no_reminder_waiting(stage: Stage, fault: str) -> None:
    cases = {opened(stage, subject=f"U{number}") for number in range(2)}
    desk = official(stage)
    stage.clock.set(datetime(2026, 3, 5, 18, tzinfo=SHANGHAI))
    broken = next(iter(to_remind(stage.clock.now()))).case_id
    (other,) = cases - {broken}
    row = CaseRow(pk=case_key(broken), sk=META)
    row.delete() if fault == "gone" else row.update([CaseRow.sealed.set(b"broken")])
    assert stage.run("review.remind_officials") == {"sent": 1}
    (notice,) = NoticeRow.query(f"ACCOUNT#{desk.id}")
    assert notice.unseal(stage.world.keys)["facts"]["case"] == other


def test_a_decided_level_is_reminded_of_no_more(stage: Stage) -> None:
    case_id = opened(stage)
    _at(stage, 4, 12)
    desk, above = official(stage), official(stage, HEBEI)
    decide(stage, case_id, desk)
    assert (_at(stage, 5, 18), told(desk.id)) == (0, [])
    _at(stage, 9, 18)
    assert told(above.id) == ["case_half"]


@pytest.mark.parametrize("state", ["returned", "suspended"])
def test_the_clock_stands_while_nobody_can_decide(stage: Stage, state: str) -> None:
    case_id, desk = opened(stage), official(stage)
    if state == "returned":
        decide(stage, case_id, desk, "return")
    else:
        change = as_system(stage)
        suspend_case(change, store.case(stage.world, case_id), "duplicate")
        change.commit(None)
    assert [_at(stage, day, 18) for day in range(3, 31)] == [0] * 28


def test_a_resumed_case_has_the_time_that_was_left(stage: Stage) -> None:
    case_id = opened(stage)
    due = store.case(stage.world, case_id).due
    change = as_system(stage)
    suspend_case(change, store.case(stage.world, case_id), "duplicate")
    change.commit(None)
    stage.clock.advance(days=7)
    again = as_system(stage)
    resume_case(again, store.case(stage.world, case_id))
    again.commit(None)
    assert (store.case(stage.world, case_id).due - due).days == 7


@pytest.mark.parametrize(("month", "year", "missing"), [(12, 2026, [2027]), (11, 2026, []), (12, 2025, [])])
def test_a_calendar_without_next_year_is_told_in_december(
    stage: Stage, caplog: pytest.LogCaptureFixture, month: int, year: int, missing: list[int]
) -> None:
    stage.clock.set(datetime(year, month, 5, 9, tzinfo=SHANGHAI))
    stage.run("review.remind_officials")
    assert [vars(line)["year"] for line in caplog.records if line.message == "calendar missing"] == missing
