"""Start a review."""

import os
from typing import Any

from sample_shared.aws import client, put


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Write the row, start the execution."""
    review = event["pathParameters"]["id"]
    put(f"REVIEW:{review}", state="open")
    client("stepfunctions").start_execution(stateMachineArn=os.environ["MACHINE"], name=review, input=f'{{"id": "{review}"}}')
    return {"statusCode": 202}
