"""Putting a case into somebody's hands (REV-02)."""

from expertgate.caller import Caller
from expertgate.errors.review import CaseElsewhere
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.impartial import demand_impartial
from expertgate.review.actions.showing import case_answer
from expertgate.review.model import Duty
from expertgate.review.requests.desk import CaseAnswer
from expertgate.review.requests.officials import AssignCase
from expertgate.review.rules import cases as rules
from expertgate.review.rules.officials import require_duty
from expertgate.review.store import cases as store
from expertgate.review.store.desks import official_and_case


def assign_case(case_id: str, request: AssignCase, caller: Caller, world: World) -> CaseAnswer:
    """Put a case of the supervisor's bureau into the hands of an official who may decide it; he and who had it are told."""
    require_duty(caller, Duty.SUPERVISOR)
    official, case = official_and_case(world, request.official_id, case_id, caller.bureau)
    if case.here.bureau != caller.bureau:
        raise CaseElsewhere
    given = rules.assigned(case, official)
    if given is case:
        return case_answer(case, world, caller)
    change = Change(world, caller)
    store.save(change, case, given)
    demand_impartial(change, official, case)
    change.audit("review:case:reassigned", subject=f"CASE#{case_id}", left=case.claimed_by, to=official.id)
    if case.claimed_by is not None:
        from expertgate.review.actions.losing import tell_taken  # noqa: PLC0415 -- only where somebody has it

        tell_taken(change, case, "case_taken", by=caller.id)
    if official.id != caller.id:
        # In his message centre, where reminders are; whom the case is about is not said.
        tell(change, account(official.id), "case_assigned", case=case.id, due=given.last_day.isoformat())
    return change.commit(case_answer(given, world, caller))
