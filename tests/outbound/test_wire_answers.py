"""What the lean wire answers equals what botocore's own way does, for every operation it carries."""

import os
from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import ClientError
from botocore.session import get_session

from expertgate.outbound import aws
from expertgate.outbound.dialects import ROWS
from expertgate.outbound.wire import LeanCalls
from tests.stage import Stage


def _used(client: Any, table: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every operation of the wire as the system uses it, and what refuses it."""
    key = {"pk": {"S": "P"}, "sk": {"S": "1"}}
    row = {
        **key,
        "sealed": {"B": b"\x00\xffsealed"},
        "n": {"N": "12.50"},
        "yes": {"BOOL": True},
        "none": {"NULL": True},
        "list": {"L": [{"B": b"x"}]},
    }
    new = {"TableName": table, "Item": row, "ConditionExpression": "attribute_not_exists(pk)"}
    yield "PutItem", lambda: client.put_item(**new, ReturnConsumedCapacity="TOTAL")
    yield "PutItem refused", lambda: client.put_item(**new, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    yield "GetItem", lambda: client.get_item(TableName=table, Key=key, ConsistentRead=True)
    yield "GetItem of nothing", lambda: client.get_item(TableName=table, Key={**key, "sk": {"S": "none"}})
    yield "BatchGetItem", lambda: client.batch_get_item(RequestItems={table: {"Keys": [key, {**key, "sk": {"S": "2"}}]}})
    values = {":p": {"S": "P"}}
    query = {"TableName": table, "KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": values, "Limit": 1}
    yield "Query", lambda: client.query(**query)
    yield "Scan", lambda: client.scan(TableName=table, FilterExpression="pk = :p", ExpressionAttributeValues=values)
    changed = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "2"}}, "ReturnValues": "ALL_NEW"}
    yield "UpdateItem", lambda: client.update_item(TableName=table, Key=key, **changed)
    yield "TransactGetItems", lambda: client.transact_get_items(TransactItems=[{"Get": {"TableName": table, "Key": key}}])
    yield "TransactWriteItems refused", lambda: client.transact_write_items(TransactItems=[{"Put": new}])
    yield "TransactWriteItems", lambda: client.transact_write_items(TransactItems=[{"Delete": {"TableName": table, "Key": key}}])
    yield "BatchWriteItem", lambda: client.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": row}}]})
    yield "DeleteItem", lambda: client.delete_item(TableName=table, Key=key, ReturnValues="ALL_OLD")
    yield "GetItem of no table", lambda: client.get_item(TableName="no-such-table", Key=key)
    yield "PutItem of nonsense", lambda: client.put_item(TableName=table, Item={"pk": {"S": "only"}})


def _told(client: Any, table: str) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for name, act in _used(client, table):
        try:
            answer: dict[str, Any] = act()
        except ClientError as exc:
            answer = {**exc.response, "class": type(exc).__name__, "text": str(exc)}
        metadata = answer.pop("ResponseMetadata")
        told.append((name, (answer, metadata["HTTPStatusCode"], metadata["RetryAttempts"], sorted(metadata))))
    return told


def test_answers_equal_those_botocore_parses(stage: Stage) -> None:
    lean, ordinary, table = aws.client("dynamodb"), get_session().create_client("dynamodb"), os.environ["SESSIONS_TABLE"]
    assert (isinstance(lean, LeanCalls), isinstance(ordinary, LeanCalls)) == (True, False)
    assert {name.split()[0] for name, _ in _used(lean, table)} == ROWS
    assert _told(lean, table) == _told(ordinary, table)
