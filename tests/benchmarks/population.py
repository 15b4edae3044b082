"""Many accounts, grants and cases: the rows of a few real ones, copied under other ids inside the engine's own file.

Through HTTP a million of each would take hours. The engine keeps a table per table and a table per index, so that a row and its index rows
are copied alike: every id in their texts is replaced by one of the same length. A copy can't be unsealed (its document is bound to the keys
of the original): it lies behind what a page shows.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.ground import say

SCHEMA = "9"  # of dynoxide 1.2
TOGETHER = 10_000
_BLIND = re.compile(r"^S:(?:CLAIM|MARK)#[^#]+#([0-9a-f]{16,})$")
_FAST = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY")
_WIDTH = 30

type Original = tuple[str, tuple[object, ...]]  # table, cells


@dataclass(frozen=True)
class Group:
    """Rows of some tables that are copied together: all that name one of `ids`, whose copies all differ.

    Ids in `shared` change every so many copies only; rows that have one of `others` in their partition key belong to another group.
    """

    name: str
    tables: tuple[str, ...]
    ids: tuple[str, ...]
    copies: int
    shared: Mapping[str, int] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def populate(file: Path, groups: list[Group]) -> int:
    """Copy all groups and return how many rows and index rows were written; the engine must not be running."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        (form,) = database.execute("SELECT value FROM _config WHERE key = 'schema_version'").fetchone()
        if form != SCHEMA:
            raise RuntimeError(f"the engine's file has another form ({form}): look at tests/benchmarks/population.py")
        for pragma in _FAST:
            database.execute(f"PRAGMA {pragma}")
        places = {one: place for place, one in enumerate(dict.fromkeys(one for group in groups for one in (*group.ids, *group.shared)))}
        # All originals are found first: later every table is full of copies.
        found = [(group, _originals(database, group)) for group in groups]
        written = sum(_copy(database, group, originals, places) for group, originals in found)
        database.execute("PRAGMA journal_mode=WAL")
    return written


def _copy(database: sqlite3.Connection, group: Group, originals: list[Original], places: Mapping[str, int]) -> int:
    others = {one: _id(one, places[one], every) for one, every in (*((one, 1) for one in group.ids), *group.shared.items())}
    others |= {one: _blind_index(one) for one in _blind(originals)}
    columns = {one: f"c{place}" for place, one in enumerate(others)}
    # The ids of many copies are made once and stand beside each other: each row then only puts them between its texts.
    database.execute(f"CREATE TEMP TABLE ids ({', '.join(columns.values())})")
    numbers = "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
    fill = f"{numbers} INSERT INTO ids SELECT {', '.join(others.values())} FROM n"  # noqa: S608 -- our own names
    statements = [_copying(table, row, columns) for table, row in originals]
    written = sum(_copied(database, bounds, fill, statements, group) for bounds in _bounds(group.copies))
    database.execute("DROP TABLE ids")
    return written


def _copied(database: sqlite3.Connection, bounds: tuple[int, int], fill: str, statements: list[str], group: Group) -> int:
    database.execute("BEGIN")
    database.execute("DELETE FROM ids")
    database.execute(fill, bounds)
    before = database.total_changes
    for statement in statements:
        database.execute(statement)
    database.execute("COMMIT")
    done = bounds[1] + 1
    say(f"{'█' * (_WIDTH * done // group.copies):<{_WIDTH}} {done:,} of {group.copies:,} {group.name}")
    return database.total_changes - before


def _bounds(copies: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + TOGETHER, copies) - 1) for first in range(0, copies, TOGETHER))


def _copying(table: str, row: tuple[object, ...], columns: Mapping[str, str]) -> str:
    """Return the statement that writes a row's copies."""
    return f'INSERT INTO "{table}" SELECT {", ".join(_changed(cell, columns) for cell in row)} FROM ids'  # noqa: S608 -- our own rows


def _changed(cell: object, others: Mapping[str, str]) -> str:
    """Return the expression for a cell in which other ids stand."""
    if not isinstance(cell, str):
        return "NULL" if cell is None else str(cell)
    pieces = re.split(f"({'|'.join(others)})", cell)
    return " || ".join(others.get(one) or f"'{one.replace(chr(39), chr(39) * 2)}'" for one in pieces)


def _id(one: str, place: int, every: int) -> str:
    """Return the expression for another id of the same length, one that sorts before all real ones."""
    return f"printf('00{place:04d}%0{len(one) - 6}d', n.i / {every})"


def _blind_index(one: str) -> str:
    """Return the expression for another blind index of the same length, spread as hashes are."""
    return f"printf('%08x{one[:8]}%0{len(one) - 16}x', (n.i * 2654435761) & 4294967295, n.i)"


def _originals(database: sqlite3.Connection, group: Group) -> list[Original]:
    """Return table and cells of each row and index row of the group."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = ((name, row) for name in tables if _table_of(name) in group.tables for row in database.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 -- our own names
    return [(name, row) for name, row in rows if _belongs(row, group)]


def _belongs(row: tuple[object, ...], group: Group) -> bool:
    """Tell by the whole row and by its own partition key, which an index row has behind that of the index."""
    text, key = str(row), str(row[2] if str(row[2]).startswith("S:") else row[0])
    return any(one in text for one in group.ids) and not any(one in key for one in group.others) and "SESSION#" not in text


def _blind(originals: list[Original]) -> Iterator[str]:
    found = (_BLIND.match(str(row[0])) for _, row in originals)
    return (one[1] for one in found if one)


def _table_of(name: str) -> str:
    """Return what the template calls a table, without stack and index."""
    return name.partition("::")[0].rpartition("-")[2].removesuffix("Table")
