"""Joining two accounts of one person: the newcomer takes over the other's places, projects and marks; history stays (ADM-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expertgate.admission.model import Standing, role_of
from expertgate.admission.store import marks as marks_store
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow, UnitRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.settings import LIMITS

_SEAT_WAY_AND_FORM = 3


@dataclass(frozen=True)
class Places:
    """What accounts that are to be joined are in one unit: their rows there that are not retired."""

    unit_id: str
    rows: list[MemberRow]

    @property
    def width(self) -> int:
        """Return how many operations it takes at most to take them over: each row with its line of the audit, and all marks."""
        return 2 * len(self.rows) + len({place for row in self.rows for place in row.marks}) + _SEAT_WAY_AND_FORM


def places_of(account_ids: Sequence[str]) -> list[Places]:
    """Return what these accounts are, by unit; a unit they have left has no rows."""
    by_unit: dict[str, list[MemberRow]] = {}
    for account_id in account_ids:
        for unit_id, row in standings.places_of(account_id).items():
            by_unit.setdefault(unit_id, []).extend([row] if row is not None and row.standing != Standing.RETIRED else [])
    return [Places(unit_id, rows) for unit_id, rows in sorted(by_unit.items())]


def join(change: Change, unit_id: str, newcomer: str, others: list[str]) -> bool:
    """Let the newcomer stand for the others in all their units; tell whether it is a member of this unit now.

    What a transaction does not hold goes before it unit by unit, this unit last; begun again it goes on with what is left.
    """
    places = places_of(others)
    forms = _forms_of([one.unit_id for one in places], others)
    left = sorted((one for one in places if one.rows or one.unit_id in forms), key=lambda one: one.unit_id == unit_id)
    while len(left) > 1 and sum(one.width for one in left) > LIMITS.join_part:
        part = Change(change.world, change.caller)
        _carry_out(part, newcomer, others, [left.pop(0)], forms)
        part.commit(None)
    return unit_id in _carry_out(change, newcomer, others, left, forms)


def _carry_out(change: Change, newcomer: str, others: list[str], places: Sequence[Places], forms: Mapping[str, UnitRow]) -> set[str]:
    """Take over what is in these units; return those where the newcomer is a member now."""
    _move_marks(change, newcomer, others, [row for one in places for row in one.rows])
    for one in places:
        if form := forms.get(one.unit_id):
            form.submitted_by = newcomer
            change.replace(form)
    return {one.unit_id for one in places if _take_over(change, newcomer, one.rows)}


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


def _forms_of(unit_ids: list[str], others: list[str]) -> dict[str, UnitRow]:
    """Return the units whose forms the old accounts sent: they have to be the newcomer's."""
    waiting = {Standing.HELD, Standing.SUBMITTED}
    found = standings.units_by_id(unit_ids)
    return {unit_id: row for unit_id, row in found.items() if row.submitted_by in others and row.standing in waiting}


def _move_marks(change: Change, newcomer: str, others: list[str], olds: list[MemberRow]) -> None:
    places = [*dict.fromkeys(place for row in olds for place in row.marks)]
    marked = marks_store.read_marks(places)
    wanted = {place: marks_store.replaced(marked, others, newcomer, place) for place in places}
    marks_store.write_marks(change, marked, wanted)
