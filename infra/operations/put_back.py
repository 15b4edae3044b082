"""`python -m infra.operations.put_back RESTORED TABLE`: make a table hold what a copy restored to a point in time holds."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.operations.system import NotRunning, enter_local

type Item = dict[str, dict[str, Any]]
type Key = tuple[str, str]

_READ_TOGETHER, _WRITTEN_TOGETHER = 100, 25  # BatchGetItem and BatchWriteItem take no more
_LONGEST_WAIT = 8.0


def main(arguments: list[str] | None = None) -> int:
    """Put back what differs, say how much it was, and return 0 when everything is as in the copy."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.state:
            enter_local(chosen.state)
        if wrong := _wrong_pair(chosen.restored, chosen.table):
            return _failed(wrong)
        counts = put_back(chosen.restored, chosen.table, write=not chosen.look)
    except (NotRunning, BotoCoreError, ClientError) as exc:
        return _failed(str(exc))
    print(json.dumps({"table": chosen.table, **counts}))
    return 0


def _failed(why: str) -> int:
    print(f"cannot put back: {why}", file=sys.stderr)
    return 1


def _wrong_pair(restored: str, table: str) -> str | None:
    """Return why these two do not belong together: what is put back into another table empties it."""
    made = {name: _dynamodb().describe_table(TableName=name)["Table"].get("RestoreSummary", {}) for name in (restored, table)}
    sources = {name: str(one.get("SourceTableArn", "")).rpartition("/")[2] for name, one in made.items()}
    if made[restored].get("RestoreInProgress"):
        return f"{restored} is still being restored"
    if sources[restored] not in {"", table}:
        return f"{restored} is a copy of {sources[restored]}"
    return f"{table} is the copy: name it first" if sources[table] == restored else None


def put_back(restored: str, table: str, *, write: bool) -> dict[str, int]:
    """Write the rows that differ, remove those the copy has not, tell how many; run again it finds nothing. Without `write` only tell."""
    counts = {"same": 0, "written": 0, "removed": 0}
    for page in _pages(restored):
        differing = _differing(table, page)
        counts["same"] += len(page) - len(differing)
        counts["written"] += len(differing)
        if write:
            _change(table, [{"PutRequest": {"Item": item}} for item in differing])
    for page in _pages(table, "pk, sk"):
        gone = _missing(restored, page)
        counts["removed"] += len(gone)
        if write:
            _change(table, [{"DeleteRequest": {"Key": item}} for item in gone])
    return counts


def _differing(table: str, page: list[Item]) -> list[Item]:
    there = _rows_at(table, map(_key_of, page))
    return [item for item in page if there.get(_key_of(item)) != item]


def _missing(restored: str, page: list[Item]) -> list[Item]:
    kept = _rows_at(restored, map(_key_of, page))
    return [item for item in page if _key_of(item) not in kept]


def _pages(table: str, *names: str) -> Iterator[list[Item]]:
    asked: dict[str, Any] = {"ProjectionExpression": names[0]} if names else {}
    while True:
        page = _dynamodb().scan(TableName=table, ConsistentRead=True, **asked)
        yield page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _rows_at(table: str, keys: Iterator[Key]) -> dict[Key, Item]:
    found: dict[Key, Item] = {}
    for some in batched(keys, _READ_TOGETHER, strict=False):
        wanted: dict[str, Any] = {table: {"Keys": [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in some], "ConsistentRead": True}}
        for wait in _waits():
            answer = _dynamodb().batch_get_item(RequestItems=wanted)
            found |= {_key_of(item): item for item in answer["Responses"].get(table, [])}
            wanted = answer.get("UnprocessedKeys", {})
            if not wanted:
                break
            time.sleep(wait)
    return found


def _change(table: str, requests: list[dict[str, Any]]) -> None:
    for some in batched(requests, _WRITTEN_TOGETHER, strict=False):
        left: dict[str, Any] = {table: list(some)}
        for wait in _waits():
            left = _dynamodb().batch_write_item(RequestItems=left).get("UnprocessedItems", {})
            if not left:
                break
            time.sleep(wait)


def _waits() -> Iterator[float]:
    """Yield how long to wait before what was left over is asked again, ever longer, as long as it takes."""
    wait = 0.1
    while True:
        yield wait
        wait = min(wait * 2, _LONGEST_WAIT)


def _key_of(item: Item) -> Key:
    return item["pk"]["S"], item["sk"]["S"]


def _dynamodb() -> Any:  # noqa: ANN401 -- botocore makes its clients' methods at run time
    from expertgate.outbound.aws import client  # noqa: PLC0415 -- the environment of this machine's system must stand first

    return client("dynamodb")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.operations.put_back", description=__doc__)
    parser.add_argument("restored", help="the table that point-in-time recovery made")
    parser.add_argument("table", help="the table of the stack; no function may run meanwhile (docs/operations.md)")
    parser.add_argument("--look", action="store_true", help="write nothing, only say what differs")
    parser.add_argument("--state", type=Path, help="folder of a running one-machine system; without it your own credentials and region")
    return parser


if __name__ == "__main__":
    sys.exit(main())
