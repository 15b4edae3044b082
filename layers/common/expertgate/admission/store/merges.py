"""Applications to merge accounts: what their lines mean, and how far an approved one was carried out (REC-12)."""

from dataclasses import asdict

from expertgate.admission.model import Move
from expertgate.admission.store.standings import unit_key
from expertgate.outbound.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from expertgate.outbound.rows import Row
from expertgate.settings import variable


class MergeRow(Row):
    """What an application asks for, by ids; `done` counts the lines that were carried out, `left` names those that moved nothing."""

    class Meta:
        """In the partition of its unit."""

        table_name = variable("ADMISSION_TABLE")

    moves = JSONAttribute()
    by = UnicodeAttribute()
    done = NumberAttribute(default=0)
    left = JSONAttribute()


def merge_of(unit_id: str, case_id: str) -> MergeRow | None:
    """Return what the application of a case asks for."""
    return MergeRow.find(unit_key(unit_id), _key(case_id))


def new_merge(unit_id: str, case_id: str, moves: list[Move], by: str) -> MergeRow:
    """Return the row of an application."""
    return MergeRow(pk=unit_key(unit_id), sk=_key(case_id), moves=[asdict(one) for one in moves], by=by, left=[])


def moves_of(row: MergeRow) -> list[Move]:
    """Return the lines of an application."""
    return [Move(**one) for one in row.moves]


def moved(row: MergeRow) -> list[Move]:
    """Return the lines that moved their projects."""
    return [one for one in moves_of(row)[: int(row.done)] if one.line not in row.left]


def _key(case_id: str) -> str:
    return f"MERGE#{case_id}"
