"""When officials are reminded of a case: at half, four fifths and the end of its working time, then one level up (REV-04)."""

from datetime import datetime, timedelta
from enum import IntEnum

from expertgate.catalogue.rules import Calendar, after, reminder
from expertgate.review.model import Case, CaseState, Level

_ONE_MORNING = timedelta(hours=9)


class Step(IntEnum):
    """The reminders of one stay at a level, in their order."""

    HALF = 0
    FOUR_FIFTHS = 1
    DUE = 2
    ESCALATED = 3


_SHARES = {Step.HALF: 0.5, Step.FOUR_FIFTHS: 0.8, Step.DUE: 1.0}


def remind_at(calendar: Calendar, case: Case, step: Step) -> datetime:
    """Return when a step is due: in office hours of a working day; the escalation on the first working morning after the due time."""
    if step is Step.ESCALATED:
        return after(calendar, case.due, _ONE_MORNING)
    return reminder(calendar, case.at_level_since, case.due, _SHARES[step])


def due_now(calendar: Calendar, case: Case, step: Step, now: datetime) -> Step:
    """Return which reminder to send of those whose time has come: the last one; who is responsible hears before the case is escalated."""
    late = (one for one in Step if step <= one < Step.ESCALATED and remind_at(calendar, case, one) <= now)
    return max(late, default=step)


def is_clock_running(case: Case) -> bool:
    """Tell whether the case's time runs: not while it is returned or suspended, not after its end."""
    return case.state is CaseState.IN_REVIEW


def escalated_to(case: Case) -> Level:
    """Return the level whose supervisors hear of an overdue case: the next one, at the end of the chain its own."""
    return case.here if case.is_at_last_level else case.chain[case.level + 1]
