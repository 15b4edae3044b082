"""Follow the table's stream: notices whose key says FAILn fail n times each, alone (partial batch)."""

import re
from typing import Any

from sample_shared.aws import count, put


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Note each notice as delivered."""
    failures = []
    for record in event["Records"]:
        notice = record["dynamodb"]["Keys"]["pk"]["S"].removeprefix("NOTICE:")
        times = count(f"SEEN:{notice}")
        told = re.search(r"FAIL(\d+)", notice)
        if told and times <= int(told[1]):
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
            break
        put(f"DELIVERED:{notice}", source=record["eventSource"])
    return {"batchItemFailures": failures}
