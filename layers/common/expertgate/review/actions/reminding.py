"""Reminding officials of cases, on working days only, and escalating what is overdue (REV-04; task)."""

from datetime import datetime
from itertools import islice
from typing import Any

from expertgate.caller import Caller
from expertgate.catalogue.rules import is_working_day, lacks_next_year
from expertgate.catalogue.store import workdays
from expertgate.errors.base import Conflict, ExpertGateError
from expertgate.forms.dates import shanghai_day
from expertgate.inbound.observe import log, note_fault
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import SealBroken
from expertgate.outbound.passing import FAULTS
from expertgate.outbound.world import World
from expertgate.review.model import Case, Duty, OfficialStatus
from expertgate.review.rules.reminders import Step, due_now, escalated_to, is_clock_running
from expertgate.review.store import cases as store
from expertgate.review.store import clocks, officials
from expertgate.review.store.clocks import Clock

_MOST_TOLD = 40


def remind_officials(_event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Send what is due of each case, once; what is late waits for the next working day, of several late ones the last is sent."""
    calendar, today = workdays(), shanghai_day(world.clock.now())
    if lacks_next_year(calendar, today):
        log().warning("calendar missing", extra={"year": today.year + 1})
    if not is_working_day(calendar, today):
        return {"sent": 0}
    sent = [_reminded(clock, caller, world) for clock in clocks.to_remind(world.clock.now())]
    return {"sent": sum(sent)}


def _reminded(clock: Clock, caller: Caller, world: World) -> bool:
    """Remind of one case; a fault with it must not keep the others waiting, its clock stands for the next run."""
    try:
        return _remind(clock, caller, world)
    except (ExpertGateError, SealBroken, *FAULTS) as exc:
        note_fault(exc, case=clock.case_id)
        return False


def _remind(clock: Clock, caller: Caller, world: World) -> bool:
    case, change = store.case(world, clock.case_id), Change(world, caller)
    if not is_clock_running(case) or stamp(case.due) != clock.due:
        return False
    step = due_now(workdays(), case, clock.step, change.now)
    clocks.advance(change, case, clock, step)
    told = _whom(case, step, world)
    for official_id in told:
        tell(change, account(official_id), _words(case, step, change.now), case=case.id)
    change.audit("review:case:reminded", subject=f"CASE#{case.id}", step=step.name.lower(), told=told)
    try:
        change.commit(None)
    except Conflict:
        return False
    if step is Step.ESCALATED:
        log().warning("case escalated", extra={"case": case.id, "bureau": case.here.bureau})
    return True


def _words(case: Case, step: Step, now: datetime) -> str:
    """Return the notice of a step; after an outage it may be too late to say that the case is due today."""
    return "case_overdue" if step is Step.DUE and case.is_overdue(now) else f"case_{step.name.lower()}"


def _whom(case: Case, step: Step, world: World) -> list[str]:
    """Return who hears of it: the holder or all who could take it; when it is due the supervisors too; then those one level up."""
    if step is Step.ESCALATED:
        return _active(escalated_to(case).bureau, Duty.SUPERVISOR, world=world)
    holder = [case.claimed_by] if case.claimed_by else _active(case.here.bureau, case.here.duty, world=world)
    above = _active(case.here.bureau, Duty.SUPERVISOR, world=world) if step is Step.DUE else []
    return list(dict.fromkeys(holder + above))[:_MOST_TOLD]


def _active(bureau: str, duty: Duty, *, world: World) -> list[str]:
    found = officials.all_officials_of(world, bureau)
    return list(islice((one.id for one in found if one.status is OfficialStatus.ACTIVE and duty in one.duties), _MOST_TOLD))
