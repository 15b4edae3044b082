"""What one call of DynamoDB costs in CPU, through the lean wire and through botocore: `python -m tests.benchmarks.wire [times]`."""

import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from botocore.session import get_session

from expertgate.outbound import aws
from tests.benchmarks.ground import ground, say

ROUNDS = 5
KEY = {"pk": {"S": "WIRE"}, "sk": {"S": "-"}}


def main() -> None:
    """Measure both ways in turns and print the medians."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with ground():
        table = os.environ["SESSIONS_TABLE"]
        ways = {"lean": aws.client("dynamodb"), "botocore": get_session().create_client("dynamodb")}
        for name in calls(ways["lean"], table):
            found: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(ROUNDS):
                for way, client in ways.items():
                    found[way].append(spent(calls(client, table)[name], times))
            lean, ordinary = median(found["lean"]), median(found["botocore"])
            say(f"{name:<20} lean {lean:.3f} ms, botocore {ordinary:.3f} ms, {ordinary / lean:.1f} times")


def calls(client: Any, table: str) -> dict[str, Callable[[], Any]]:
    """Return what is measured."""
    row = {**KEY, **{f"attribute_{number}": {"S": "x" * 20} for number in range(10)}}
    return {
        "PutItem": lambda: client.put_item(TableName=table, Item=row),
        "GetItem": lambda: client.get_item(TableName=table, Key=KEY, ConsistentRead=True),
        "BatchGetItem": lambda: client.batch_get_item(RequestItems={table: {"Keys": [KEY], "ConsistentRead": True}}),
        "TransactWriteItems": lambda: client.transact_write_items(TransactItems=[{"Put": {"TableName": table, "Item": row}}]),
    }


def spent(act: Callable[[], Any], times: int) -> float:
    """Return the CPU milliseconds of one call."""
    act()
    begun = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - begun) / times * 1000


if __name__ == "__main__":
    main()
