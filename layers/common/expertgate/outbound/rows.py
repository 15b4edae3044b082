"""Rows: what every stored item has in common, and reading them by key, strongly consistent."""

import time
from collections.abc import Sequence
from typing import Any, Self

from botocore.exceptions import ClientError
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection.table import TableConnection
from pynamodb.exceptions import AttributeNullError, PynamoDBException, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from expertgate.errors.edge import TryAgain
from expertgate.outbound.aws import client
from expertgate.outbound.keys import Keys

type Key = tuple[type["Row"], str, str]

ONLY = "-"
_MOST_READ_TOGETHER = 100
_LONGEST_PK, _LONGEST_SK = 2048, 1024  # bytes
_READ_AGAIN_SECONDS = 0.05


class Row(Model):
    """An item with string keys, a version for conditional writes, and one sealed document for all that is personal."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=ONLY)
    version = NumberAttribute(default=1)
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    expires = NumberAttribute(null=True)

    @classmethod
    def _get_connection(cls) -> TableConnection:
        """Let all models share one client: PynamoDB would make one per table, each with service models of its own."""
        table = super()._get_connection()
        table.connection._client = client("dynamodb")  # noqa: SLF001 -- PynamoDB offers no other way in
        return table

    @classmethod
    def find(cls, pk: str, sk: str = ONLY) -> Self | None:
        """Return the row with these keys as it stands now, or None."""
        if not _can_be(pk, sk):
            return None
        found = client("dynamodb").get_item(TableName=cls.Meta.table_name, Key=_key(pk, sk), ConsistentRead=True)
        return cls.from_raw_data(found["Item"]) if "Item" in found else None

    def put_request(self, when: Condition | None) -> dict[str, Any]:
        """Return the request that writes the row whole; PynamoDB would look every name up again in a description of the table."""
        request: dict[str, Any] = {"TableName": self.Meta.table_name, "Item": self.serialize()}
        if when is not None:
            names: dict[str, str] = {}
            values: dict[str, Any] = {}
            request["ConditionExpression"] = when.serialize(names, values)
            request["ExpressionAttributeNames"] = {placeholder: name for name, placeholder in names.items()}
            if values:
                request["ExpressionAttributeValues"] = values
        return request

    def serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:  # noqa: FBT001, FBT002 -- PynamoDB's own form
        """Return the item; no row has nested attributes, for which PynamoDB looks at each one."""
        held: dict[str, Any] = self.attribute_values
        item: dict[str, dict[str, Any]] = {}
        for name, attribute in self.get_attributes().items():
            value = held.get(name)
            given = None if value is None else attribute.serialize(value)
            if given is not None:
                item[attribute.attr_name] = {attribute.attr_type: given}
            elif null_check and not attribute.null:
                raise AttributeNullError(name)
        return item

    @property
    def place(self) -> str:
        """Return what the sealed document is bound to: table and keys."""
        return f"{type(self).__name__}|{self.pk}|{self.sk}"

    def seal(self, keys: Keys, document: dict[str, object]) -> None:
        """Keep personal data encrypted for this row only."""
        self.sealed = keys.seal(self.place, document)

    def unseal(self, keys: Keys) -> dict[str, Any]:
        """Return the personal data of this row, empty where it has none."""
        return keys.open(self.place, self.sealed) if self.sealed else {}


def condition_failed(exc: PynamoDBException) -> bool:
    """Tell whether a write failed because its condition did not hold, not because of the way there.

    PynamoDB's own `cause_response_code` stumbles over an answer that never came.
    """
    return error_code(exc) == "ConditionalCheckFailedException"


def error_code(exc: PynamoDBException) -> str | None:
    """Return the code of DynamoDB's refusal, None where no answer came."""
    return str(exc.cause.response["Error"]["Code"]) if isinstance(exc.cause, ClientError) else None


def updated(row: Row, actions: list[Action], when: Condition) -> bool:
    """Change a row outside of any transaction if the condition holds; tell whether it did.

    Raises TryAgain when the store does not answer.
    """
    try:
        row.update(actions, condition=when, add_version_condition=False)
    except UpdateError as exc:
        if condition_failed(exc):
            return False
        raise TryAgain from exc
    return True


def read_together(*wanted: Key) -> list[Row | None]:
    """Return several rows in the order asked, None for the missing, in one strongly consistent call across tables."""
    if len(wanted) > _MOST_READ_TOGETHER:
        message = f"at most {_MOST_READ_TOGETHER} rows at once"
        raise ValueError(message)
    found = _batch([one for one in wanted if _can_be(*one[1:])])
    return [_model(cls, found.get((cls.Meta.table_name, pk, sk))) for cls, pk, sk in wanted]


def _batch(wanted: Sequence[Key]) -> dict[tuple[str, str, str], dict[str, Any]]:
    request: dict[str, Any] = {}
    for cls, pk, sk in dict.fromkeys(wanted):
        table = request.setdefault(cls.Meta.table_name, {"Keys": [], "ConsistentRead": True})
        if _key(pk, sk) not in table["Keys"]:
            table["Keys"].append(_key(pk, sk))
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    while request:
        answer = client("dynamodb").batch_get_item(RequestItems=request)
        for table_name, items in answer["Responses"].items():
            found |= {(table_name, item["pk"]["S"], item["sk"]["S"]): item for item in items}
        request = answer.get("UnprocessedKeys") or {}
        if request:  # the table is throttled: DynamoDB asks to come again a little later
            time.sleep(_READ_AGAIN_SECONDS)
    return found


def _can_be(pk: str, sk: str) -> bool:
    """Tell whether a row can have these keys: DynamoDB refuses longer ones as malformed, and who sends them has to be told "not found"."""
    return 0 < len(pk.encode(errors="replace")) <= _LONGEST_PK and 0 < len(sk.encode(errors="replace")) <= _LONGEST_SK


def _model(cls: type[Row], raw: dict[str, Any] | None) -> Row | None:
    return cls.from_raw_data(raw) if raw is not None else None


def _key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
