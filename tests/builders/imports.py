"""Imports for tests: a file uploaded, imported in small parts, and what its report says."""

import json
from copy import replace
from typing import Any

import pytest

from expertgate.account import store
from expertgate.account.actions import importing, moving, parts
from expertgate.account.model import Account
from expertgate.outbound.aws import client
from expertgate.settings import LIMITS
from infra.local.naming import PREFIX
from tests.stage import Stage

BUCKET = f"{PREFIX}-importbucket"


def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the bucket, and have files imported in parts so small that few lines need several."""
    client("s3").create_bucket(Bucket=BUCKET)
    small = replace(LIMITS, import_part=3, import_workers=2, import_tries=2)
    for module in (parts, moving, importing):
        monkeypatch.setattr(module, "LIMITS", small)


def upload(key: str = "imports/a.csv", sequencer: str = "1") -> dict[str, Any]:
    """Return the message about an upload."""
    return {"detail": {"bucket": {"name": BUCKET}, "object": {"key": key, "sequencer": sequencer}}}


def import_file(stage: Stage, data: bytes, sequencer: str = "1") -> dict[str, Any]:
    """Upload a file, have it imported to its end and return the counts."""
    client("s3").put_object(Bucket=BUCKET, Key="imports/a.csv", Body=data)
    (answer,) = stage.run("account.import_accounts", upload(sequencer=sequencer))["imports"]
    assert answer["state"] == "finished"
    return {name: answer[name] for name in ("imported", "unchanged", "refused")}


def report_lines() -> list[dict[str, Any]]:
    """Return the lines of the report, the head first."""
    body = client("s3").get_object(Bucket=BUCKET, Key="reports/a.csv.jsonl")["Body"].read().decode()
    return [json.loads(line) for line in body.splitlines()]


def refusals() -> list[tuple[int, str, str]]:
    """Return line, column and code of what was refused."""
    return [(one["line"], one["column"], one["code"]) for one in report_lines()[1:]]


def account_named(stage: Stage, user_name: str) -> Account:
    """Return the account that has this name."""
    found = store.holder(stage.world, "user_name", user_name)
    assert found is not None
    return found


def counts(imported: int, unchanged: int, refused: int) -> dict[str, int]:
    """Return the counts of an import."""
    return {"imported": imported, "unchanged": unchanged, "refused": refused}
