"""What the sample's functions share, shipped as a layer."""

import os
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import get_session

THINGS = os.environ["THINGS"]


@cache
def client(service: str) -> Any:
    """Return a client as Lambda would give it: by the environment alone."""
    return get_session().create_client(service, config=Config(signature_version="s3v4") if service == "s3" else None)


def put(pk: str, sk: str = "-", **facts: str) -> None:
    """Write one row."""
    row = {"pk": {"S": pk}, "sk": {"S": sk}, **{name: {"S": value} for name, value in facts.items()}}
    client("dynamodb").put_item(TableName=THINGS, Item=row)


def get(pk: str, sk: str = "-") -> dict[str, str]:
    """Read one row, empty where there is none."""
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    found = client("dynamodb").get_item(TableName=THINGS, Key=key, ConsistentRead=True).get("Item", {})
    return {name: value.get("S", value.get("N")) for name, value in found.items()}


def count(pk: str, sk: str = "-") -> int:
    """Add one to a counter and return it."""
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    answer = client("dynamodb").update_item(
        TableName=THINGS,
        Key=key,
        UpdateExpression="ADD times :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["times"]["N"])
