"""An administrator's word on a hold: one person, two people, or a wrong application (ADM-10)."""

from collections.abc import Iterator
from functools import partial

from expertgate.admission.actions.joining import places_of
from expertgate.admission.model import Resolution, Standing
from expertgate.admission.requests.holds import ResolveHold
from expertgate.admission.rules.duplicates import demand_joinable, demand_narrow
from expertgate.admission.store import standings
from expertgate.admission.store.standings import HoldRow, MemberRow
from expertgate.caller import Caller
from expertgate.errors.admission import HoldUnknown
from expertgate.errors.review import CaseNotClaimed
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.review.actions.desk import decide_case
from expertgate.review.actions.ending import give_way
from expertgate.review.actions.opening import started
from expertgate.review.model import Case, Outcome
from expertgate.review.requests.desk import CaseAnswer, DecideCase
from expertgate.review.rules.cases import moved
from expertgate.review.store.cases import case as find_case
from expertgate.settings import LIMITS


def resolve_hold(case_id: str, request: ResolveHold, caller: Caller, world: World) -> CaseAnswer:
    """Decide the case in one transaction with its resolution and the end of what joined accounts have in review.

    The closing step does the rest. Raises HoldUnknown, CaseNotClaimed, JoinTooWide, JoinTooCrowded and what deciding raises.
    """
    case = find_case(world, case_id)
    if case.claimed_by != caller.id and case.state.is_open:
        raise CaseNotClaimed
    hold = _hold_of(case.subject, case_id)
    if not case.state.is_open and not _is_said(hold, request):
        raise moved(case)
    ended: list[Case] = []
    outcome = Outcome.REJECT if request.resolution is Resolution.REFUSE else Outcome.APPROVE
    decision = DecideCase(round=request.round, level=request.level, version=request.version, outcome=outcome, reason=request.reason)
    answer = decide_case(case_id, decision, caller, world, partial(_resolve, hold, request, ended))
    for one in ended:
        started(world, one.id)
    return answer


def _resolve(hold: HoldRow, request: ResolveHold, ended: list[Case], change: Change) -> None:
    """Note the resolution, and end what the accounts to be joined have in review: their successor applies instead."""
    hold.resolution, hold.joined = request.resolution, _joined(hold, request)
    change.replace(hold)
    change.audit("admission:hold:judged", subject=hold.pk, case=hold.case_id, resolution=hold.resolution, joined=hold.joined)
    places = places_of(hold.joined)
    demand_narrow(max((one.width for one in places), default=0), LIMITS.join_part)
    ended += _running(change.world, [row for one in places for row in one.rows])
    demand_joinable(len(ended), LIMITS.join_applications_most)
    for case in ended:
        give_way(change, case)


def _running(world: World, rows: list[MemberRow]) -> Iterator[Case]:
    """Yield the open cases of what accounts sent about themselves."""
    for row in rows:
        if row.standing != Standing.SUBMITTED or row.case_id is None:
            continue
        case = find_case(world, row.case_id)
        if case.state.is_open:
            yield case


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


def _is_said(hold: HoldRow, request: ResolveHold) -> bool:
    """Tell whether a hold was resolved just like this: the decision alone does not tell a join from a release."""
    return bool(hold.resolution == request.resolution and (hold.joined or []) == _joined(hold, request))
