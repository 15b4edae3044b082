"""The report of an import: counts, and each refused line with column and code; nothing of what the line said (ACC-15)."""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

from expertgate.account.legacy.rows import ImportRow, refused_of


def write_report(row: ImportRow, file: TextIO, form: str) -> None:
    """Write the report of a run as `csv` (refused lines only) or `json_lines` (the counts first)."""
    if form == "csv":
        _csv(row, file)
        return
    file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in _objects(row))


def summary(row: ImportRow) -> dict[str, object]:
    """Return how far an import is."""
    counts = {name: int(count) for name, count in row.counts.items()}
    return {
        "import": row.run_id,
        "state": row.state,
        "done_bytes": int(row.at),
        "bytes": int(row.size),
        "next_line": int(row.line),
        **counts,
    }


def _csv(row: ImportRow, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("line", "column", "code"))
    writer.writerows(refused_of(row))


def _objects(row: ImportRow) -> Iterator[dict[str, object]]:
    yield summary(row)
    for line, column, code in refused_of(row):
        yield {"line": line, "column": column, "code": code}
