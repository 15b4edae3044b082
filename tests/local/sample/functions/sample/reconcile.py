"""Reconcile: start again the executions of reviews that are still open."""

import json
import os
from typing import Any

from sample_shared.aws import THINGS, client


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Look through the rows."""
    rows = client("dynamodb").scan(TableName=THINGS, Limit=1000)["Items"]
    begun = [_begin(row) for row in rows if row["pk"]["S"].startswith("REVIEW:") and row["state"]["S"] == "open"]
    return {"all": event["all"], "begun": begun}


def _begin(row: dict[str, Any]) -> str:
    review = row["pk"]["S"].removeprefix("REVIEW:")
    again = {"stateMachineArn": os.environ["MACHINE"], "name": review, "input": json.dumps({"id": review})}
    return str(client("stepfunctions").start_execution(**again)["executionArn"])
