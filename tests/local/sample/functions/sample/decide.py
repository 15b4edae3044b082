"""Decide a review."""

from typing import Any

from sample_shared.aws import client, get, put


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Answer the token."""
    review = event["pathParameters"]["id"]
    client("stepfunctions").send_task_success(taskToken=get(f"TOKEN:{review}")["token"], output="{}")
    put(f"REVIEW:{review}", state="decided")
    return {"statusCode": 200, "body": "{}"}
