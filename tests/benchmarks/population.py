"""Many accounts, grants and cases: the rows of a few real ones, copied under other ids straight into the engine."""

import json
from collections.abc import Iterator
from hashlib import sha1
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.benchmarks.ground import say
from tests.conftest import TEMPLATE

BATCH = 25
REPORT_EVERY = 10_000
LATER = "2031-03-02T01:00:00.000Z"
# Copies come due years later, so that what is due now stays what the test world made.
_DUE = ("due_at", "check_at", "queue_sort")
_HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Date": "20260302T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=testing/20260302/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
}


class Engine:
    """The engine's own HTTP: the SDK would cost more than the engine."""

    def __init__(self, address: str) -> None:
        """Connect."""
        self._http = HTTPConnection(urlsplit(address).netloc)

    def ask(self, operation: str, request: str) -> dict[str, object]:
        """Send one request."""
        self._http.request("POST", "/", request, _HEADERS | {"X-Amz-Target": f"DynamoDB_20120810.{operation}"})
        answer = self._http.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(body.decode())
        told: dict[str, object] = json.loads(body)
        return told


def originals(engine: Engine, ids: list[str]) -> list[tuple[str, str]]:
    """Return table and text of every row that belongs to one of these ids, claims with them."""
    found = []
    for table in TEMPLATE.tables:
        if any(word in table.name for word in ("Accounts", "Sessions", "Grants", "Review")):
            rows: list[dict[str, dict[str, str]]] = engine.ask("Scan", json.dumps({"TableName": table.name}))["Items"]  # type: ignore[assignment]
            found += [(table.name, json.dumps(row)) for row in rows if _belongs(row, ids)]
    return found


def _belongs(row: dict[str, dict[str, str]], ids: list[str]) -> bool:
    if "SESSION#" in row["sk"]["S"]:
        return False
    named = json.dumps(row) if row["pk"]["S"].startswith("CLAIM#") else row["pk"]["S"]
    return any(one in named for one in ids)


def populate(address: str, ids: list[str], copies: int) -> int:
    """Copy all rows of these ids so many times and return how many rows were written."""
    engine = Engine(address)
    rows = originals(engine, ids)
    lines: list[tuple[str, str]] = []
    written = 0
    for number in range(copies):
        lines += copied(rows, ids, number)
        while len(lines) >= BATCH:
            _write(engine, lines[:BATCH])
            del lines[:BATCH]
            written += BATCH
        if number and number % REPORT_EVERY == 0:
            say(f"{'█' * (30 * number // copies):<30} {number:,} of {copies:,}")
    if lines:
        _write(engine, lines)
    return written + len(lines)


def copied(rows: list[tuple[str, str]], ids: list[str], number: int) -> Iterator[tuple[str, str]]:
    """Yield the rows under the ids of copy `number`, due years later."""
    for table, text in rows:
        changed = text
        for place, one in enumerate(ids):
            changed = changed.replace(one, f"0{place}{number:0{len(one) - 2}d}")
        row = json.loads(changed)
        for name in _DUE:
            if name in row:
                row[name]["S"] = LATER + row[name]["S"][len(LATER) :]
        claim = row["pk"]["S"]
        if claim.startswith("CLAIM#"):
            row["pk"]["S"] = claim[: claim.rindex("#") + 1] + sha1(f"{claim}{number}".encode(), usedforsecurity=False).hexdigest()
        yield table, json.dumps(row)


def _write(engine: Engine, lines: list[tuple[str, str]]) -> None:
    tables: dict[str, list[str]] = {}
    for table, row in lines:
        tables.setdefault(table, []).append(f'{{"PutRequest": {{"Item": {row}}}}}')
    asked = ", ".join(f'"{table}": [{", ".join(puts)}]' for table, puts in tables.items())
    engine.ask("BatchWriteItem", f'{{"RequestItems": {{{asked}}}}}')
