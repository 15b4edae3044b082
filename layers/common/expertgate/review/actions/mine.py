"""An applicant's side: my cases, one of them, withdrawing it (ACC-22, ADM-09)."""

from expertgate.caller import Caller, CallerKind
from expertgate.effects import demand_right
from expertgate.errors.review import CaseUnknown
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.ending import withdraw
from expertgate.review.actions.opening import started
from expertgate.review.actions.showing import case_answer, file_for_applicant
from expertgate.review.model import Case
from expertgate.review.requests.desk import CaseAnswer, CaseFileAnswer, MyCasesAnswer
from expertgate.review.store import applicants
from expertgate.review.store import cases as store
from expertgate.review.store.kinds import kinds


def list_my_cases(caller: Caller, world: World, size: int, cursor: str | None) -> MyCasesAnswer:
    """Return a page of the cases the caller opened or that were opened for him, newest first.

    What was applied for about his account without logging in (an appeal, another mobile) is among them once it has ended.
    """
    found, following = applicants.cases_of(caller.id, size, cursor)
    return MyCasesAnswer(items=[case_answer(one, world, caller) for one in store.cases(world, found)], next_cursor=following)


def show_my_case(case_id: str, caller: Caller, world: World) -> CaseFileAnswer:
    """Return a case of the caller's with everything submitted and remarked, all rounds.

    Raises CaseUnknown for somebody else's, NoAuthority for that of a unit he acts for no more.
    """
    file = store.file_of(world, case_id)
    if caller.id != file.listed_for:
        _require_own(file.case, caller, world)
    return file_for_applicant(file, world, caller, kinds()[file.case.kind].hidden)


def withdraw_case(case_id: str, caller: Caller, world: World) -> CaseAnswer:
    """End one's own case while it is open (D-14).

    Raises CaseUnknown for somebody else's, NoAuthority for that of a unit he acts for no more.
    """
    case = store.case(world, case_id)
    _require_own(case, caller, world)
    change = Change(world, caller)
    ended = withdraw(change, case)
    answer = change.commit(case_answer(ended, world, caller))
    started(world, case_id)
    return answer


def _require_own(case: Case, caller: Caller, world: World) -> None:
    if caller.id not in {case.applicant.account_id, case.applicant.unit_id}:
        raise CaseUnknown
    if caller.kind is CallerKind.PERSON and case.applicant.unit_id is not None:
        demand_right(case.kind, caller, world, case.applicant.unit_id)
