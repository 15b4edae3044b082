"""Records of a file of old accounts, one after the other: CSV with quotes over several lines, or JSON Lines (ACC-15)."""

import csv
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from expertgate.account.legacy.columns import columns_of
from expertgate.account.legacy.survey import Line, Survey, lines
from expertgate.errors.account import LegacyFileRefused

_MOST_LINES = 64
_QUOTE = b'"'


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading stands: the next byte, the number of its line, and the columns of a CSV file."""

    at: int
    line: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one record says, or the rule it breaks as a whole; `line` is its first, `after` the place behind it."""

    line: int
    after: Place
    values: dict[str, str] = field(default_factory=dict)
    broken: str | None = None


class _Unreadable(Exception):
    """The record breaks a rule of the file's form."""


def begin(file: BinaryIO, facts: Survey) -> Place:
    """Return the place of the first record; `file` stands where the survey says it begins.

    Raises LegacyFileRefused when the columns are not those of an import.
    """
    if facts.form != "csv":
        return Place(facts.begins, 1)
    header = _Pieces(lines(file, facts.begins, 1)).take()
    try:
        names = _cells(header, facts.coding)
    except _Unreadable as exc:
        raise LegacyFileRefused(reason=str(exc)) from exc
    return Place(header[-1].end, header[-1].number + 1, columns_of(names))


def records(file: BinaryIO, place: Place, facts: Survey) -> Iterator[Record]:
    """Yield the records from a place on; `file` stands there."""
    pieces = _Pieces(lines(file, place.at, place.line), _MOST_LINES if facts.form == "csv" else 1)
    while piece := pieces.take():
        if not b"".join(line.data for line in piece).strip():
            continue
        broken, values = None, {}
        try:
            values = _row(piece, facts.coding, place.columns) if facts.form == "csv" else _object(piece[0], facts.coding)
        except _Unreadable as exc:
            broken = str(exc)
            pieces.put_back(piece[1:])  # a quote never closed spoils its own line only
        last = piece[0] if broken else piece[-1]
        yield Record(piece[0].number, Place(last.end, last.number + 1, place.columns), values, broken)


class _Pieces:
    """The lines of each record: as many as close its quotes, or the first alone where none do."""

    def __init__(self, found: Iterator[Line], most: int = _MOST_LINES) -> None:
        self._found, self._most = found, most
        self._waiting: deque[Line] = deque()

    def take(self) -> list[Line]:
        """Return the lines of the next record, empty at the end."""
        piece: list[Line] = []
        quotes = 0
        while len(piece) < self._most and (line := self._next()):
            piece.append(line)
            quotes += line.data.count(_QUOTE)
            if quotes % 2 == 0:
                return piece
        self.put_back(piece[1:])
        return piece[:1]

    def put_back(self, piece: list[Line]) -> None:
        """Let lines be taken once more."""
        self._waiting.extendleft(reversed(piece))

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._found, None)


def _row(piece: list[Line], coding: str, columns: tuple[str, ...]) -> dict[str, str]:
    cells = _cells(piece, coding)
    if len(cells) != len(columns):
        raise _Unreadable("column_count")
    return dict(zip(columns, cells, strict=True))


def _cells(piece: list[Line], coding: str) -> list[str]:
    text = _text(piece, coding)
    try:
        (row,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError) as exc:
        raise _Unreadable("quotes_unbalanced") from exc
    return [cell.strip() for cell in row]


def _object(line: Line, coding: str) -> dict[str, str]:
    try:
        loaded = json.loads(_text([line], coding))
    except (ValueError, RecursionError) as exc:
        raise _Unreadable("json_form") from exc
    if not isinstance(loaded, dict) or not all(isinstance(value, str | None) for value in loaded.values()):
        raise _Unreadable("json_form")
    return {name: (value or "").strip() for name, value in loaded.items()}


def _text(piece: list[Line], coding: str) -> str:
    if any(line.is_cut for line in piece):
        raise _Unreadable("record_too_long")
    try:
        return b"".join(line.data for line in piece).decode(coding)
    except UnicodeDecodeError as exc:
        raise _Unreadable("encoding") from exc
