"""Dropping a file when its row is gone: what was uploaded and never used is not kept (D-13)."""

import json
from typing import Any

from expertgate.caller import Caller
from expertgate.evidence import rules
from expertgate.outbound.world import World


def drop_file(event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Remove the kept copies of rows that the table dropped; a file that a case has stays, whatever becomes of its row."""
    for record in event.get("Records", []):
        gone = record["dynamodb"].get("OldImage", {})
        if record.get("eventName") == "REMOVE" and "facts" in gone and "case_id" not in gone:
            world.evidence.delete(rules.kept_key_of(gone["pk"]["S"].removeprefix("EVIDENCE#"), _sha256(gone)))
    return {"batchItemFailures": []}


def _sha256(image: dict[str, Any]) -> str:
    return str(json.loads(image["facts"]["S"])["sha256"])
