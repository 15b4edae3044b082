"""Ending a hold: two people, one person, or a wrong application (ADM-10)."""

from expertgate.account.store import account
from expertgate.admission.actions.joining import join
from expertgate.admission.actions.sending import hand_in
from expertgate.admission.model import HoldState, Resolution, Standing, Subject
from expertgate.admission.rules.sent import sent_member, sent_unit
from expertgate.admission.store import marks as marks_store
from expertgate.admission.store import standings
from expertgate.admission.store.standings import HoldRow, MemberRow, UnitRow
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.actions.news import applicant_now
from expertgate.review.model import Case, CaseState
from expertgate.review.store.cases import case as find_case
from expertgate.settings import LIMITS


def hold_resolved(change: Change, case: Case, outcome: str) -> None:
    """Apply the administrator's resolution in the closing transaction: rows, pairs, the form that waited, the message."""
    _, unit_id, account_id = case.subject.split("#")
    hold = standings.hold(unit_id, account_id)
    if hold is None or hold.case_id != case.id:
        return
    resolution = _resolution(hold, outcome)
    hold.state = HoldState.WITHDRAWN if outcome == CaseState.WITHDRAWN else resolution.state
    hold.closed_at = stamp(change.now)
    change.replace(hold)
    if resolution is Resolution.REFUSE:
        _refuse(change, unit_id, account_id, hold)
    else:
        joined = list(hold.joined or []) if resolution is Resolution.JOIN else []
        _release_others(change, account_id, hold, joined)
        taken_over = join(change, unit_id, account_id, joined)
        if not taken_over:
            _go_on(change, unit_id, account_id, hold)
    tell(change, applicant_now(change.world, case), f"hold_{hold.state}")
    change.audit(f"admission:hold:{hold.state}", subject=hold.pk, account=account_id, case=case.id, joined=hold.joined or [])


def _resolution(hold: HoldRow, outcome: str) -> Resolution:
    """Return what was decided; a case that ended otherwise than by approval refuses, the careful reading."""
    if outcome != CaseState.APPROVED:
        return Resolution.REFUSE
    return Resolution(hold.resolution) if hold.resolution else Resolution.RELEASE


def _release_others(change: Change, account_id: str, hold: HoldRow, joined: list[str]) -> None:
    """Note whom the account is not; more than the closing transaction holds go before it in parts: noted twice is noted once."""
    pairs = [frozenset({account_id, other["account_id"]}) for other in hold.others if other["account_id"] not in joined]
    while len(pairs) > LIMITS.join_pairs_most:
        part = Change(change.world, change.caller)
        for _ in range(LIMITS.join_pairs_most):
            marks_store.release_pair(part, pairs.pop())
        part.commit(None)
    for pair in pairs:
        marks_store.release_pair(change, pair)


def _waiting(unit_id: str, account_id: str, hold: HoldRow) -> UnitRow | MemberRow | None:
    """Return the row whose form waits behind the hold."""
    match Subject(hold.waiting):
        case Subject.UNIT:
            return standings.unit(unit_id)
        case Subject.MEMBER:
            return standings.member(unit_id, account_id)
        case Subject.ENTRY:
            return None


def _go_on(change: Change, unit_id: str, account_id: str, hold: HoldRow) -> None:
    """Give the form that waited to the reviewers; its time begins only now."""
    row = _waiting(unit_id, account_id, hold)
    me, unit = (account(change.world, one) for one in (account_id, unit_id))
    if row is None or me is None or unit is None or row.standing != Standing.HELD:
        return
    form = standings.form_of(change.world, row)
    seat = standings.unit(unit_id)
    sent = sent_unit(form) if isinstance(row, UnitRow) else sent_member(form, seat.bureau if seat else "")
    returned = find_case(change.world, row.case_id) if row.case_id else None
    row.case_id = hand_in(change, unit, me, sent, returned if returned and returned.state is CaseState.RETURNED else None)
    row.standing = Standing.SUBMITTED
    change.replace(row)


def _refuse(change: Change, unit_id: str, account_id: str, hold: HoldRow) -> None:
    """End the application that waited; one that was returned before lies with the applicant again."""
    row = _waiting(unit_id, account_id, hold)
    if row is None or row.standing != Standing.HELD:
        return
    returned = find_case(change.world, row.case_id) if row.case_id else None
    if returned is not None and returned.state is CaseState.RETURNED:
        row.standing = Standing.SUBMITTED
    else:
        marked = marks_store.read_marks(row.marks)
        marks_store.write_marks(change, marked, marks_store.removed(marked, row.marks, account_id))
        row.standing, row.marks = Standing.ENDED, []
    change.replace(row)
