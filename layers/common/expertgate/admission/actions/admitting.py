"""What the end of an admission case does: the unit or the member is in, or may apply again (ADM-08, ADM-11, D-08)."""

from typing import Any

from expertgate.admission.model import Standing, role_of
from expertgate.admission.store import marks as marks_store
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow, UnitRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.model import Case, CaseState


def unit_admitted(change: Change, case: Case, outcome: str) -> None:
    """Let the unit in and make who sent the form its first user, or end the application."""
    row = standings.unit(case.subject.removeprefix("UNIT#"))
    if row is None or row.case_id != case.id:
        return  # a later application took its place
    if outcome != CaseState.APPROVED:
        _ended(change, row, row.submitted_by)
        return
    row.standing = Standing.ADMITTED
    change.replace(row)
    _first_user(change, row)
    change.audit("admission:unit:admitted", subject=row.pk, case=case.id, account=row.submitted_by)


def member_admitted(change: Change, case: Case, outcome: str) -> None:
    """Let the member in with the role of its account, or end the application."""
    _, unit_id, account_id = case.subject.split("#")
    row = standings.member(unit_id, account_id)
    if row is None or row.case_id != case.id or row.standing != Standing.SUBMITTED:
        return  # a later application, or an administrator's joining, took its place
    if outcome != CaseState.APPROVED:
        _ended(change, row, account_id)
        return
    row.standing, row.admitted_at = Standing.ADMITTED, stamp(change.now)
    change.replace(row)
    change.audit("admission:member:admitted", subject=row.pk, case=case.id, account=account_id, role=row.role)


def _first_user(change: Change, unit: UnitRow) -> None:
    account_id, unit_id = unit.submitted_by, standings.unit_id_of(unit)
    known = standings.member(unit_id, account_id)
    row = known or MemberRow(pk=unit.pk, sk=standings.member_key(account_id))
    row.standing, row.role, row.marks = Standing.ADMITTED, role_of(account_id, unit_id), unit.marks
    row.submitted_at, row.admitted_at = unit.submitted_at, stamp(change.now)
    account_part: dict[str, Any] = standings.form_of(change.world, unit)["account"]
    row.seal(change.world.keys, {"form": account_part})
    standings.save(change, row, is_new=known is None)
    change.audit("admission:member:admitted", subject=unit.pk, account=account_id, role=row.role)


def _ended(change: Change, row: UnitRow | MemberRow, account_id: str) -> None:
    """End the application; what it held of numbers and names is free for others."""
    places = list(row.marks)
    marked = marks_store.read_marks(places)
    marks_store.write_marks(change, marked, marks_store.removed(marked, places, account_id))
    row.standing, row.marks = Standing.ENDED, []
    change.replace(row)
    change.audit("admission:application:ended", subject=row.pk, account=account_id, case=row.case_id)
