"""Every row of the requirements has a door and a test that exist, or is marked open in docs/rows.md."""

import re

import pytest

from tests.tree.house import AREAS, ROOT, doors

_LAST = {"ACC": 24, "REC": 12, "ID": 7, "DEL": 17, "ADM": 17, "REV": 7, "MSG": 2}
# How the platform itself is run: docs/security.md (Keys), docs/operations.md.
_ASKED_BY_NO_ROW = {"platform.reseal_rows", "platform.rotate_keys", "platform.show_health"}
_ROW = re.compile(r"\b(?:ACC|REC|ID|DEL|ADM|REV|MSG)-\d\d\b")
_DOOR = re.compile(rf"(?<![\w.])(?:{'|'.join(AREAS)})\.\w+")
_FILE = re.compile(r"[\w/]*\w+/[\w/.]+|\btest_\w+\.py")


def _table(title: str) -> list[list[str]]:
    """Return the lines of a section's table that begin with rows."""
    section = (ROOT / "docs/rows.md").read_text("utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|"))
    return [one for one in cells if _ROW.match(one[0])]


ASKED = {row: state for row, _, state in _table("What is asked")}
PLACES = [(row, cells[1], cells[2]) for cells in _table("Where it is done") for row in _ROW.findall(cells[0])]


def _tests(cell: str) -> list[str]:
    """Return the tests of a cell from the root; one without a folder lies beside the one before it."""
    found: list[str] = []
    for name in _FILE.findall(cell):
        found.append(name if "/" in name else f"{found[-1].rpartition('/')[0]}/{name}")
    return found


def test_every_row_is_asked_for_once() -> None:
    assert [one[0] for one in _table("What is asked")] == [
        f"{group}-{one:02}" for group, last in _LAST.items() for one in range(1, last + 1)
    ]
    assert set(ASKED.values()) <= {"done", "open"}


def test_every_row_that_is_done_has_its_place() -> None:
    places = {row for row, _, _ in PLACES}
    assert [row for row, state in ASKED.items() if state == "done" and row not in places] == []


def test_every_door_has_its_row() -> None:
    placed = {door for _, named, _ in PLACES for door in _DOOR.findall(named)}
    assert {str(action) for action in doors()} - placed == _ASKED_BY_NO_ROW


def test_no_place_is_of_a_row_nobody_asked_for() -> None:
    assert [row for row, _, _ in PLACES if row not in ASKED] == []


@pytest.mark.parametrize(("row", "named", "shown"), PLACES, ids=lambda value: value if _ROW.fullmatch(value) else "")
def test_a_place_has_doors_and_tests_that_exist(row: str, named: str, shown: str) -> None:
    known = {str(action) for action in doors()}
    assert _DOOR.findall(named)
    assert _tests(shown)
    assert [name for name in _DOOR.findall(named) if name not in known] == []
    assert [path for path in _tests(shown) if not (ROOT / path).exists()] == []
