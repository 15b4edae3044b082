"""The DynamoDB engine of a test run: dynoxide where it is installed (fast, safe in races), moto in the process elsewhere; its tables."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import Any

from infra.local.dynoxide import die_with_parent
from infra.local.facts import Table, Template
from infra.local.template import create_tables

_PACKAGED = Path(__file__).resolve().parent.parent / "node_modules/@dynoxide/linux-x64/dynoxide"
_FEW, _WRITTEN_TOGETHER = 200, 25


def find_dynoxide() -> str | None:
    """Return the path of the engine, None where it is not installed."""
    named = os.environ.get("DYNOXIDE") or shutil.which("dynoxide")
    return named or (str(_PACKAGED) if _PACKAGED.exists() else None)


@contextmanager
def start_engine(wanted: str | None) -> Iterator[str | None]:
    """Start the engine in memory and give its address; None means moto."""
    binary = find_dynoxide()
    if wanted == "moto" or (wanted is None and binary is None):
        yield None
        return
    if binary is None:
        message = "dynoxide is not installed: npm ci"
        raise RuntimeError(message)
    port = free_port()
    process = subprocess.Popen(
        [binary, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent(),  # noqa: PLW1509 -- started before any thread; a run that is killed would leave it behind
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(5)


def empty_tables(dynamodb: Any, template: Template) -> None:
    """Leave the template's tables with nothing in them and no others; made anew for each test they took a third of the suite.

    They have no streams: nobody reads them here, and the engine numbers each change by reading all before it.
    """
    wanted = {table.name: table for table in template.tables}
    for name in dynamodb.list_tables()["TableNames"]:
        if name in wanted and _emptied(dynamodb, name):
            del wanted[name]
        else:
            dynamodb.delete_table(TableName=name)
    create_tables(dynamodb, replace(template, tables=tuple(_silent(table) for table in wanted.values())))


def _silent(table: Table) -> Table:
    return replace(table, create={name: one for name, one in table.create.items() if name != "StreamSpecification"})


def _emptied(dynamodb: Any, name: str) -> bool:
    """Remove the rows of a table; tell whether they were few enough for that."""
    found = dynamodb.scan(TableName=name, ProjectionExpression="pk, sk", ConsistentRead=True)
    if "LastEvaluatedKey" in found or len(found["Items"]) > _FEW:
        return False
    for keys in batched(found["Items"], _WRITTEN_TOGETHER, strict=False):
        dynamodb.batch_write_item(RequestItems={name: [{"DeleteRequest": {"Key": key}} for key in keys]})
    return True


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens there.

    Raises RuntimeError when nobody does.
    """
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    message = "dynoxide does not answer"
    raise RuntimeError(message)
