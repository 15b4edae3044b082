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
        (found,) = database.execute("SELECT value FROM _config WHERE key = 'schema_version'").fetchone()
        if found != SCHEMA:
            raise RuntimeError(f"the engine's file has another form ({found}): look at tests/benchmarks/population.py")
        for pragma in _FAST:
            database.execute(f"PRAGMA {pragma}")
        places = {one: place for place, one in enumerate(dict.fromkeys(one for group in groups for one in (*group.ids, *group.shared)))}
        written = sum(_copy(database, group, places) for group in groups)
        database.execute("PRAGMA journal_mode=WAL")
    return written


def _copy(database: sqlite3.Connection, group: Group, places: Mapping[str, int]) -> int:
    statements = list(_statements(database, group, places))
    before = database.total_changes
    for first in range(0, group.copies, TOGETHER):
        last = min(first + TOGETHER, group.copies)
        database.execute("BEGIN")
        for statement in statements:
            database.execute(statement, (first, last - 1))
        database.execute("COMMIT")
        done = last / group.copies
        say(f"{'█' * int(_WIDTH * done):<{_WIDTH}} {last:,} of {group.copies:,} {group.name}")
    return database.total_changes - before


def _statements(database: sqlite3.Connection, group: Group, places: Mapping[str, int]) -> Iterator[str]:
    """Yield one statement for each row of the group: it writes the row's copies for the numbers between two bounds."""
    tables = [
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if _table_of(name) in group.tables
    ]
    originals = {table: _originals(database, table, group) for table in tables}
    number = "n.i / {}".format
    others = {one: _id(one, places[one], number(every)) for one, every in (*((one, 1) for one in group.ids), *group.shared.items())}
    others |= {one: _blind_index(one) for one in _blind(originals)}
    numbers = "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
    for table, rows in originals.items():
        for row in rows:
            yield f'{numbers} INSERT INTO "{table}" SELECT {", ".join(_changed(cell, others) for cell in row)} FROM n'  # noqa: S608 -- our own rows


def _changed(cell: object, others: Mapping[str, str]) -> str:
    """Return the expression for a cell in which other ids stand."""
    if not isinstance(cell, str):
        return "NULL" if cell is None else str(cell)
    pieces = re.split(f"({'|'.join(others)})", cell)
    return " || ".join(others.get(one) or f"'{one.replace(chr(39), chr(39) * 2)}'" for one in pieces)


def _id(one: str, place: int, number: str) -> str:
    """Return the expression for another id of the same length, one that sorts before all real ones."""
    return f"printf('00{place:04d}%0{len(one) - 6}d', {number})"


def _blind_index(one: str) -> str:
    """Return the expression for another blind index of the same length, spread as hashes are."""
    return f"printf('%08x{one[:8]}%0{len(one) - 16}x', (n.i * 2654435761) & 4294967295, n.i)"


def _originals(database: sqlite3.Connection, table: str, group: Group) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 -- our own names
    return [row for row in rows if _belongs(row, group)]


def _belongs(row: tuple[object, ...], group: Group) -> bool:
    """Tell by the whole row and by its own partition key, which an index row has behind that of the index."""
    text, key = str(row), str(row[2] if str(row[2]).startswith("S:") else row[0])
    return any(one in text for one in group.ids) and not any(one in key for one in group.others) and "SESSION#" not in text


def _blind(originals: Mapping[str, list[tuple[object, ...]]]) -> Iterator[str]:
    found = (_BLIND.match(str(row[0])) for rows in originals.values() for row in rows)
    return (one[1] for one in found if one)


def _table_of(name: str) -> str:
    """Return what the template calls a table, without stack and index."""
    return name.partition("::")[0].rpartition("-")[2].removesuffix("Table")
