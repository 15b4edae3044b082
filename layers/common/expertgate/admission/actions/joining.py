"""Joining two accounts of one person: the newcomer takes over the other's places, projects and marks; history stays (ADM-10)."""

from itertools import groupby

from expertgate.admission.model import Standing, role_of
from expertgate.admission.store import marks as marks_store
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp


def join(change: Change, unit_id: str, newcomer: str, others: list[str]) -> bool:
    """Let the newcomer stand for the others in all their units; tell whether it is a member of this unit now."""
    places = [(each, other) for other in others for each in standings.memberships(other)]
    live = _live(places)
    _move_marks(change, newcomer, others, live)
    for each in sorted({unit for unit, _ in places}):
        _take_over_form(change, each, newcomer, others)
    seated = [pk for pk, group in groupby(live, key=_unit_of) if _take_over(change, newcomer, list(group))]
    return standings.unit_key(unit_id) in seated


def _live(places: list[tuple[str, str]]) -> list[MemberRow]:
    """Return the members in these places that are not retired, by unit."""
    rows = [standings.member(unit_id, account_id) for unit_id, account_id in places]
    return sorted((row for row in rows if row is not None and row.standing != Standing.RETIRED), key=_unit_of)


def _unit_of(row: MemberRow) -> str:
    return str(row.pk)


def _take_over(change: Change, newcomer: str, olds: list[MemberRow]) -> bool:
    """Retire the old members of one unit; where one was admitted, the newcomer sits in its place."""
    admitted = [row for row in olds if row.standing == Standing.ADMITTED]
    if admitted:
        _seat(change, newcomer, admitted)
    for old in olds:
        old.standing, old.joined_into, old.retired_at = Standing.RETIRED, newcomer, stamp(change.now)
        change.replace(old)
        change.audit("admission:member:joined", subject=old.pk, account=standings.member_id(old), into=newcomer)
    return bool(admitted)


def take_over(change: Change, newcomer: str, old: MemberRow) -> None:
    """Let an account stand for a member of the old project system, with its role and its projects (ADM-17)."""
    role = old.role
    _seat(change, newcomer, [old], role)
    old.standing, old.joined_into, old.retired_at = Standing.RETIRED, newcomer, stamp(change.now)
    change.replace(old)
    change.audit("admission:legacy_member:taken_over", subject=old.pk, account=newcomer, role=role)


def _seat(change: Change, newcomer: str, olds: list[MemberRow], role: str | None = None) -> None:
    first, unit_id = olds[0], standings.unit_id_of(olds[0])
    known = standings.member(unit_id, newcomer)
    row = known or MemberRow(pk=first.pk, sk=standings.member_key(newcomer), marks=[])
    row.desks = [*dict.fromkeys([newcomer, *(desk for old in olds for desk in standings.desks_of(old))])]
    row.marks = [*dict.fromkeys([*row.marks, *(place for old in olds for place in old.marks)])]
    row.seal(change.world.keys, {"form": standings.form_of(change.world, first)})  # what the reviewers approved, not what waits
    row.standing, row.role = Standing.ADMITTED, role or role_of(newcomer, unit_id)
    row.joined_into = row.retired_at = None  # one who was retired here before is back
    row.submitted_at, row.admitted_at = row.submitted_at or first.submitted_at, stamp(change.now)
    standings.save(change, row, is_new=known is None)
    standings.add_membership(change, newcomer, unit_id)


def _take_over_form(change: Change, unit_id: str, newcomer: str, others: list[str]) -> None:
    """Let a unit's form that an old account sent be the newcomer's."""
    row = standings.unit(unit_id)
    if row is None or row.submitted_by not in others or row.standing not in {Standing.HELD, Standing.SUBMITTED}:
        return
    row.submitted_by = newcomer
    change.replace(row)


def _move_marks(change: Change, newcomer: str, others: list[str], olds: list[MemberRow]) -> None:
    places = [*dict.fromkeys(place for row in olds for place in row.marks)]
    marked = marks_store.read_marks(places)
    wanted = {place: marks_store.replaced(marked, others, newcomer, place) for place in places}
    marks_store.write_marks(change, marked, wanted)
