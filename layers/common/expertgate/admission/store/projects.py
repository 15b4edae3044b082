"""Projects of a unit: the register, whose desk each lies on, every former desk, and tallies for the home page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from expertgate.admission.model import ProjectState
from expertgate.admission.store.standings import unit_key
from expertgate.errors.admission import ProjectNumberTaken
from expertgate.outbound.attributes import NumberAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row, read_many, read_together
from expertgate.settings import variable

_TABLE = variable("ADMISSION_TABLE")
_PROJECT, _ALL = "PROJECT#", "ALL"
_HISTORY_SHOWN = 100


class ProjectRow(Row):
    """One project; `desk` is the account it was assigned to, which a joined account keeps as one of its own."""

    class Meta:
        """In the partition of its unit."""

        table_name = _TABLE

    number = UnicodeAttribute()
    title = UnicodeAttribute()
    project_class = UnicodeAttribute()
    year = NumberAttribute()
    state = UnicodeAttribute()
    desk = UnicodeAttribute(null=True)
    changed_at = UnicodeAttribute()


class NumberRow(Row):
    """That a project number is taken."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE

    project_id = UnicodeAttribute()


class SeatRow(Row):
    """That a project lies on a desk: what its user may see."""

    class Meta:
        """In the table of admission."""

        table_name = _TABLE


class AssignmentRow(Row):
    """One assignment or taking back; never changed afterwards."""

    class Meta:
        """In the partition of its project."""

        table_name = _TABLE

    desk = UnicodeAttribute(null=True)
    by = UnicodeAttribute()
    at = UnicodeAttribute()


class TallyRow(Row):
    """How many projects of each state a unit or a desk has."""

    class Meta:
        """In the partition of the unit."""

        table_name = _TABLE

    draft = NumberAttribute(default=0)
    pending = NumberAttribute(default=0)
    established = NumberAttribute(default=0)


def project(unit_id: str, project_id: str) -> ProjectRow | None:
    """Return a project of a unit."""
    return ProjectRow.find(unit_key(unit_id), _PROJECT + project_id)


def id_of(row: Row) -> str:
    """Return the id of a project or a seat."""
    return row.sk.removeprefix(_PROJECT)


def register(change: Change, row: ProjectRow, by: str) -> None:
    """Add a project with its number, on a desk where it has one."""
    project_id, desk = id_of(row), row.desk
    change.put(row)
    change.put(NumberRow(pk=_number_key(row.number), project_id=project_id), otherwise=ProjectNumberTaken())
    counted = Counter({(_ALL, str(row.state)): 1})
    if desk is not None:
        _sit(change, row, desk, by)
        counted[desk, row.state] += 1
    _count(change, row.pk, counted)


def move(change: Change, moves: Iterable[tuple[ProjectRow, str | None]], by: str) -> None:
    """Move projects of one unit to other desks, or to none; the former assignments stay on record."""
    counted: Counter[tuple[str, str]] = Counter()
    unit = ""
    for row, desk in moves:
        unit = row.pk
        if row.desk is not None:
            change.forget(SeatRow(pk=_desk_key(unit, row.desk), sk=row.sk))
            counted[row.desk, row.state] -= 1
        row.desk, row.changed_at = desk, stamp(change.now)
        change.replace(row)
        _sit(change, row, desk, by)
        if desk is not None:
            counted[desk, row.state] += 1
    _count(change, unit, counted)


def rewrite(change: Change, row: ProjectRow, facts: Mapping[str, object]) -> None:
    """Let a project say something else of itself; where its state moves, unit and desk count it anew."""
    before = row.state
    for name, value in facts.items():
        setattr(row, name, value)
    row.changed_at = stamp(change.now)
    change.replace(row)
    counted: Counter[tuple[str, str]] = Counter()
    for one in (_ALL, row.desk):
        if one is not None:
            counted[one, before] -= 1
            counted[one, row.state] += 1
    _count(change, row.pk, counted)


def by_number(unit_id: str, numbers: Iterable[str]) -> dict[str, ProjectRow]:
    """Return the projects of a unit that have these numbers, by number; those of other units are not among them."""
    found = read_many((NumberRow, _number_key(one), "-") for one in numbers)
    ids = [cast("NumberRow", one).project_id for one in found if one is not None]
    return {row.number: row for row in by_id(unit_id, ids).values()}


def by_id(unit_id: str, ids: Iterable[str]) -> dict[str, ProjectRow]:
    """Return the projects of a unit with these ids, by id."""
    found = read_many((ProjectRow, unit_key(unit_id), _PROJECT + one) for one in ids)
    return {id_of(row): row for row in cast("list[ProjectRow | None]", found) if row is not None}


def of_unit(unit_id: str, size: int, after: str | None) -> tuple[list[ProjectRow], bool]:
    """Return projects of a unit in the order of registering, behind the one with this id, and whether there are more."""
    within = ProjectRow.sk.between(f"{_PROJECT}{after}!" if after else _PROJECT, f"{_PROJECT}~")
    found = list(ProjectRow.query(unit_key(unit_id), within, consistent_read=True, limit=size + 1, page_size=size + 1))
    return found[:size], len(found) > size


def of_desk(unit_id: str, desk: str, size: int, after: str | None) -> tuple[list[ProjectRow], bool]:
    """Return the projects on a desk in the order of registering, behind the one with this id, and whether there are more."""
    key = _desk_key(unit_key(unit_id), desk)
    later = SeatRow.sk > _PROJECT + after if after else None
    seats = list(SeatRow.query(key, later, consistent_read=True, limit=size + 1, page_size=size + 1))
    shown = seats[:size]
    found = read_together(*((ProjectRow, unit_key(unit_id), seat.sk) for seat in shown)) if shown else []
    return [cast("ProjectRow", row) for row in found if row is not None], len(seats) > size


def history(project_id: str) -> list[AssignmentRow]:
    """Return the assignments of a project, newest first."""
    return list(AssignmentRow.query(_PROJECT + project_id, scan_index_forward=False, limit=_HISTORY_SHOWN, page_size=_HISTORY_SHOWN))


def tally(unit_id: str, desks: list[str] | None) -> dict[str, int]:
    """Return how many projects of each state lie on these desks, or in the whole unit."""
    found = read_together(*((TallyRow, unit_key(unit_id), f"TALLY#{one}") for one in desks or [_ALL]))
    rows = [cast("TallyRow", row) for row in found if row is not None]
    return {state.value: sum(int(getattr(row, state.value)) for row in rows) for state in ProjectState}


def _sit(change: Change, row: ProjectRow, desk: str | None, by: str) -> None:
    if desk is not None:
        change.put(SeatRow(pk=_desk_key(row.pk, desk), sk=row.sk))
    at = stamp(change.now)
    change.put(AssignmentRow(pk=row.sk, sk=f"{at}#{change.world.codes.ulid(change.now)}", desk=desk, by=by, at=at))


def _count(change: Change, unit: str, counted: Counter[tuple[str, str]]) -> None:
    """Add to the tallies: (desk, state) -> how many more; one write for each desk, as a transaction touches a row once."""
    for desk in sorted({desk for desk, _ in counted}):
        steps = [getattr(TallyRow, state).add(by) for (whose, state), by in sorted(counted.items()) if whose == desk and by]
        if steps:
            change.note(TallyRow(pk=unit, sk=f"TALLY#{desk}"), steps)


def _number_key(number: str) -> str:
    return f"PROJECTNUMBER#{number}"


def _desk_key(unit: str, desk: str) -> str:
    return f"DESK#{unit.removeprefix('UNIT#')}#{desk}"
