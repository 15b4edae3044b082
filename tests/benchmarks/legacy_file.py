"""A file of old accounts of any size: `python -m tests.benchmarks.legacy_file FILE [rows]`; its name ends in .csv or .jsonl.

Nine of ten are persons. Every row passes; the same arguments give the same file.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.ground import say
from tests.builders.legacy import Values, a_moved_person, a_moved_unit

ROWS = 100_000
UNIT_EVERY = 10
REPORT_EVERY = 20_000
DIGEST = "5f4dcc3b5aa765d61d8327deb882cf99"


def main() -> None:
    """Write the file."""
    file, rows = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    with file.open("w", encoding="utf-8", newline="") as out:
        if file.suffix == ".csv":
            columns = list(dict.fromkeys([*a_record(0), *a_record(1)]))
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(told(rows))
        else:
            out.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in told(rows))


def told(rows: int) -> Iterator[Values]:
    """Yield the records and say how far it is."""
    for number in range(rows):
        yield a_record(number)
        if (number + 1) % REPORT_EVERY == 0:
            say(f"legacy file: {number + 1:,} of {rows:,}")


def a_record(number: int) -> Values:
    """Return a record that passes; each tenth is a unit."""
    if number % UNIT_EVERY == 0:
        return a_moved_unit(number)
    return a_moved_person(number, password_scheme="md5", password_digest=DIGEST)


if __name__ == "__main__":
    main()
