"""An administrator's word on a hold: one person, two people, or a wrong application (ADM-10)."""

from dataclasses import replace
from functools import partial

from expertgate.admission.model import HoldState, Resolution, Standing
from expertgate.admission.requests.holds import ResolveHold
from expertgate.admission.store import standings
from expertgate.admission.store.standings import HoldRow
from expertgate.caller import Caller
from expertgate.errors.admission import HoldUnknown
from expertgate.errors.review import CaseNotClaimed
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.desk import decide_case
from expertgate.review.actions.opening import started, withdraw
from expertgate.review.model import Outcome
from expertgate.review.requests.desk import CaseAnswer, DecideCase
from expertgate.review.store.cases import case as find_case


def resolve_hold(case_id: str, request: ResolveHold, caller: Caller, world: World) -> CaseAnswer:
    """End what joined accounts have in review, then decide the case and note the resolution in one change; the closing step does the rest.

    A crash in between leaves ended applications, which a second try finds ended. Raises HoldUnknown, CaseNotClaimed and what deciding
    raises.
    """
    case = find_case(world, case_id)
    if case.claimed_by != caller.id and case.state.is_open:
        raise CaseNotClaimed
    hold = _hold_of(case.subject, case_id)
    outcome = Outcome.REJECT if request.resolution is Resolution.REFUSE else Outcome.APPROVE
    decision = DecideCase(round=request.round, level=request.level, version=request.version, outcome=outcome, reason=request.reason)
    if HoldState(hold.state) is not HoldState.OPEN or (case.round, case.level, case.version) != _looked_at(request):
        return decide_case(case_id, decision, caller, world)
    hold.resolution, hold.joined = request.resolution, _joined(hold, request)
    for other in hold.joined:
        _end_applications(other, replace(caller, repeat=None), world)
    return decide_case(case_id, decision, caller, world, partial(_note, hold))


def _looked_at(request: ResolveHold) -> tuple[int, int, int]:
    return request.round, request.level, request.version


def _end_applications(account_id: str, caller: Caller, world: World) -> None:
    """End what the account to be joined has in review, each case in a transaction of its own: its successor applies instead."""
    for unit_id in standings.memberships(account_id):
        row = standings.member(unit_id, account_id)
        if row is None or row.standing != Standing.SUBMITTED or row.case_id is None:
            continue
        case = find_case(world, row.case_id)
        if case.state.is_open:
            change = Change(world, caller)
            withdraw(change, case)
            change.commit(None)
            started(world, case.id)


def _hold_of(subject: str, case_id: str) -> HoldRow:
    kind, *ids = subject.split("#")
    hold = standings.hold(*ids) if kind == "MEMBER" else None
    if hold is None or hold.case_id != case_id:
        raise HoldUnknown
    return hold


def _joined(hold: HoldRow, request: ResolveHold) -> list[str]:
    """Return the accounts to be joined: those named, else all that are alike."""
    if request.resolution is not Resolution.JOIN:
        return []
    alike = [one["account_id"] for one in hold.others]
    joined = list(request.joined) or alike
    if not set(joined) <= set(alike):
        raise FieldProblem("not_in_hold").at("joined")
    return joined


def _note(hold: HoldRow, change: Change) -> None:
    change.replace(hold)
    change.audit("admission:hold:judged", subject=hold.pk, case=hold.case_id, resolution=hold.resolution, joined=hold.joined)
