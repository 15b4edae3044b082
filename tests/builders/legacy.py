"""Files as the old platforms would give them: invented people and units whose numbers pass their checks."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

from expertgate.account.legacy.survey import Source
from expertgate.forms.resident import check_character
from tests.builders.numbers import Numbers

type Values = dict[str, str]

_FIRST_BIRTH = date(1960, 1, 1)


class InMemory:
    """A file that is nowhere but here."""

    place = ""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        """Return its bytes."""
        return len(self.data)

    def open(self, at: int) -> io.BytesIO:
        """Begin to read at a byte."""
        file = io.BytesIO(self.data)
        file.seek(at)
        return file


def in_memory(text: str, coding: str = "utf-8") -> Source:
    """Return a source with this text."""
    return InMemory(text.encode(coding))


def a_moved_person(seed: int, **changed: str) -> Values:
    """Return a record of a person; another number, another person."""
    days, order = divmod(seed, 999)
    first17 = f"110105{_FIRST_BIRTH + timedelta(days=days):%Y%m%d}{order + 1:03d}"
    values = {
        "source": "government_services",
        "legacy_id": f"P{seed}",
        "kind": "person",
        "user_name": f"person_{seed}",
        "name": "李晓波",
        "document_type": "resident_id",
        "document_number": first17 + check_character(first17),
        "mobile": f"139{seed:08d}",
        "email": f"p{seed}@example.com",
    }
    return values | changed


def a_moved_unit(seed: int, **changed: str) -> Values:
    """Return a record of a unit."""
    values = {
        "source": "project_system",
        "legacy_id": f"U{seed}",
        "kind": "unit",
        "user_name": f"unit_{seed}",
        "unit_name": f"邯郸测试第{seed}有限公司",
        "uscc": Numbers(f"moved {seed}").uscc(),
        "legal_person_type": "企业法人",
        "mobile": f"138{seed:08d}",
    }
    return values | changed


def as_csv(*records: Values, coding: str = "utf-8") -> bytes:
    """Return the records as CSV with the columns they have."""
    names = list(dict.fromkeys(name for one in records for name in one))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names, restval="")
    writer.writeheader()
    writer.writerows(records)
    return file.getvalue().encode(coding)


def as_json_lines(*records: dict[str, Any]) -> bytes:
    """Return the records as JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()
