"""Searching everything a running system keeps and says for personal values in clear, however they are written."""

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

# What people send that is somebody's own; codes of six digits are too short to be searched for in hexadecimal noise.
PERSONAL = {
    "bank_account",
    "current_password",
    "document_number",
    "email",
    "landline",
    "mobile",
    "name",
    "name_zh",
    "new_password",
    "password",
    "token",
    "unit_name",
    "uscc",
}
_PACKED = re.compile(rb"[A-Za-z0-9+/=_-]{24,}")


def personal_in(document: Any) -> Iterator[str]:
    """Yield the personal values of a request or an answer."""
    if isinstance(document, list):
        for one in document:
            yield from personal_in(one)
    elif isinstance(document, dict):
        for name, value in document.items():
            if name in PERSONAL and isinstance(value, str) and value and "*" not in value:
                yield value
            else:
                yield from personal_in(value)


def spellings(value: str) -> set[bytes]:
    """Return how a value may be written: plain, JSON, URL, hexadecimal, base64 at any of its three offsets."""
    plain = value.encode()
    written = {plain, json.dumps(value).strip('"').encode(), quote(value).encode(), plain.hex().encode()}
    for offset, skipped in ((0, 0), (1, 2), (2, 3)):
        packed = base64.b64encode(bytes(offset) + plain)
        written.add(packed[skipped : (offset + len(plain)) * 8 // 6])
    return {one for one in written if len(one) >= len(plain)}


def found_in(places: Iterable[tuple[str, bytes]], values: Iterable[str]) -> list[str]:
    """Return place and value of everything that stands in clear, also inside base64."""
    wanted = [(value, spellings(value)) for value in sorted(set(values))]
    found = []
    for place, content in places:
        opened = content + b"\n" + b"\n".join(_unpacked(content))
        found += [f"{place}: {value}" for value, written in wanted if any(one in opened for one in written)]
    return found


def _unpacked(content: bytes) -> Iterator[bytes]:
    for packed in _PACKED.findall(content):
        try:
            yield base64.b64decode(packed + b"=" * (-len(packed) % 4), altchars=b"-_" if re.search(rb"[-_]", packed) else None)
        except (binascii.Error, ValueError):
            continue


def rows_of(database: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every stored item of every table, index and stream, as the engine wrote it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        tables = [name for (name,) in opened.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            for number, row in enumerate(opened.execute(f'select * from "{table}"')):  # noqa: S608 -- names out of the file itself
                yield f"{table} row {number}", b"\n".join(str(one).encode() if not isinstance(one, bytes) else one for one in row)


# What is not the system's: the carriers' own inboxes, the operator's note, the vault that stands for KMS, the engine's file (read as rows).
_OTHERS = {"keys.json", "sms.jsonl", "email.jsonl", "administrator.json"}


def files_of(state: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what a deployment would have as logs, objects and streams."""
    for path in sorted(state.rglob("*")):
        if path.is_file() and path.name not in _OTHERS and not path.name.startswith("tables.db"):
            name = str(path.relative_to(state))
            yield name, name.encode() + b"\n" + path.read_bytes()


def executions_of(machines: Any) -> Iterator[tuple[str, bytes]]:
    """Yield name, input and history of every execution."""
    for machine in machines.list_state_machines()["stateMachines"]:
        for one in machines.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]:
            history = machines.get_execution_history(executionArn=one["executionArn"], maxResults=1000)["events"]
            described = machines.describe_execution(executionArn=one["executionArn"])
            yield f"execution {one['name']}", json.dumps([described, history], default=str, ensure_ascii=False).encode()
