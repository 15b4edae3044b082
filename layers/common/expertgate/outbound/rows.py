"""Rows: what every stored item has in common, and reading them by key, strongly consistent."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import batched
from typing import Any, Final, Self

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.connection.table import TableConnection
from pynamodb.exceptions import AttributeNullError, PynamoDBException, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from expertgate.outbound.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from expertgate.outbound.aws import client
from expertgate.outbound.expressions import Said, said
from expertgate.outbound.keys import Keys
from expertgate.outbound.passing import give_up

type Key = tuple[type["Row"], str, str]
type When = Condition | Said | None

ONLY = "-"
MOST_READ_TOGETHER: Final = 100  # what DynamoDB takes
_LONGEST_PK, _LONGEST_SK = 2048, 1024  # bytes
_SHORT = _LONGEST_SK // 4  # characters of four bytes at most: nearly all keys, whose bytes need not be counted
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

    def __init__(
        self,
        hash_key: str | None = None,
        range_key: str | None = None,
        _user_instantiated: bool = True,  # noqa: FBT001, FBT002 -- PynamoDB's own form
        **given: object,
    ) -> None:
        """Hold what is given; PynamoDB would set each value through a chain of look-ups, for keys and what is not there as well."""
        if hash_key is not None:
            given["pk"] = hash_key
        if range_key is not None:
            given["sk"] = range_key
        if not given.keys() <= self.get_attributes().keys():
            raise ValueError(f"no such attributes: {given.keys() - self.get_attributes().keys()}")
        self.attribute_values = {**_usual(type(self)), **given}

    @classmethod
    def from_raw_data(cls, data: dict[str, Any]) -> Self:
        """Return the row of an item; all rows are flat, what PynamoDB does for nested ones took a quarter of a request."""
        row = cls.__new__(cls)
        held = row.attribute_values = _usual(cls)
        for attribute_name, name, kind, deserialize in _reading(cls):
            if attribute_name not in data or "NULL" in (typed := data[attribute_name]):
                continue
            value = typed[kind] if kind in typed else cls.get_attributes()[name].get_value(typed)
            held[name] = deserialize(value) if deserialize else value
        return row

    @classmethod
    def find(cls, pk: str, sk: str = ONLY) -> Self | None:
        """Return the row with these keys as it stands now, or None."""
        if not _can_be(pk, sk):
            return None
        found = client("dynamodb").get_item(TableName=cls.Meta.table_name, Key=_key(pk, sk), ConsistentRead=True)
        return cls.from_raw_data(found["Item"]) if "Item" in found else None

    def put_request(self, when: When) -> dict[str, Any]:
        """Return the request that writes the row whole; PynamoDB would look every name up again in a description of the table."""
        return {"TableName": self.Meta.table_name, "Item": self.serialize(), **_told(when)}

    def update_request(self, actions: Sequence[Action] | Said, when: When = None) -> dict[str, Any]:
        """Return the request that changes some attributes; what is prepared has its condition in it."""
        return {"TableName": self.Meta.table_name, "Key": _key(self.pk, self.sk), **_told(when, actions)}

    def key_request(self, when: When) -> dict[str, Any]:
        """Return the request that removes the row or demands its state."""
        return {"TableName": self.Meta.table_name, "Key": _key(self.pk, self.sk), **_told(when)}

    def update(self, actions: Sequence[Action] | Said, condition: Condition | None = None, *, add_version_condition: bool = True) -> Any:  # noqa: ANN401 -- PynamoDB's own form
        """Change some attributes at once and hold what the row became.

        Raises UpdateError.
        """
        del add_version_condition  # no row has PynamoDB's own kind of version
        try:
            answer = client("dynamodb").update_item(**self.update_request(actions, condition), ReturnValues="ALL_NEW")
        except (ClientError, BotoCoreError) as exc:
            raise UpdateError(f"Failed to update item: {exc}", exc) from exc
        self.attribute_values = type(self).from_raw_data(answer["Attributes"]).attribute_values
        return answer

    def serialize(self, null_check: bool = True) -> dict[str, dict[str, Any]]:  # noqa: FBT001, FBT002 -- PynamoDB's own form
        """Return the item; no row has nested attributes, for which PynamoDB looks at each one."""
        held: dict[str, Any] = self.attribute_values
        item: dict[str, dict[str, Any]] = {}
        for attribute_name, name, kind, serialize, may_be_null in _writing(type(self)):
            value = held.get(name)
            given = serialize(value) if serialize and value is not None else value
            if given is not None:
                item[attribute_name] = {kind: given}
            elif null_check and not may_be_null:
                raise AttributeNullError(name)
        return item

    @property
    def place(self) -> str:
        """Return what the sealed document is bound to: the kind of the row and its keys."""
        return f"{type(self).__name__}|{self.pk}|{self.sk}"

    def seal(self, keys: Keys, document: dict[str, object]) -> None:
        """Keep personal data encrypted for this row only."""
        self.sealed = keys.seal(self.place, document)

    def unseal(self, keys: Keys) -> dict[str, Any]:
        """Return the personal data of this row, empty where it has none."""
        return keys.open(self.place, self.sealed) if self.sealed else {}


def _told(when: When, actions: Sequence[Action] | Said = ()) -> Said:
    if isinstance(actions, Said):
        return actions
    return when if isinstance(when, Said) else said(when, actions)


def _usual(cls: type[Row]) -> dict[str, Any]:
    """Return what a new row holds."""
    constant, made = _defaults(cls)
    return {**constant, **{name: make() for name, make in made}} if made else dict(constant)


@cache
def _defaults(cls: type[Row]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Return the usual values that are always the same, and what makes the others."""
    usual = {name: one.default for name, one in cls.get_attributes().items() if one.default is not None}
    constant = {name: one for name, one in usual.items() if not callable(one)}
    return constant, tuple((name, one) for name, one in usual.items() if callable(one))


@cache
def _writing(cls: type[Row]) -> tuple[tuple[str, str, str, Callable[[Any], Any] | None, bool], ...]:
    """Return of each attribute what `_reading` tells, only how it is written and not read, and whether it may be missing."""
    return tuple(
        (one.attr_name, name, one.attr_type, None if type(one) is UnicodeAttribute else one.serialize, bool(one.null))
        for name, one in cls.get_attributes().items()
    )


@cache
def _reading(cls: type[Row]) -> tuple[tuple[str, str, str, Callable[[Any], Any] | None], ...]:
    """Return of each attribute its name in the table, its name here, its type, and how it is read where it is not as it stands."""
    return tuple(
        (one.attr_name, name, one.attr_type, None if type(one) in {UnicodeAttribute, BinaryAttribute} else one.deserialize)
        for name, one in cls.get_attributes().items()
    )


IS_NEW = said(Row.pk.does_not_exist())
IS_THERE = said(Row.pk.exists())


def condition_failed(exc: PynamoDBException) -> bool:
    """Tell whether a write failed because its condition did not hold, not because of the way there.

    PynamoDB's own `cause_response_code` stumbles over an answer that never came.
    """
    return error_code(exc) == "ConditionalCheckFailedException"


def error_code(exc: PynamoDBException) -> str | None:
    """Return the code of DynamoDB's refusal, None where no answer came."""
    return str(exc.cause.response["Error"]["Code"]) if isinstance(exc.cause, ClientError) else None


def updated(row: Row, actions: Sequence[Action] | Said, when: Condition | None = None) -> bool:
    """Change a row outside of any transaction if the condition holds; tell whether it did.

    Raises TryAgain when the store does not answer.
    """
    try:
        row.update(actions, condition=when, add_version_condition=False)
    except UpdateError as exc:
        if condition_failed(exc):
            return False
        give_up(exc)
    return True


def read_together(*wanted: Key) -> list[Row | None]:
    """Return several rows in the order asked, None for the missing, in one strongly consistent call across tables."""
    if len(wanted) > MOST_READ_TOGETHER:
        message = f"at most {MOST_READ_TOGETHER} rows at once"
        raise ValueError(message)
    found = _batch([one for one in wanted if _can_be(*one[1:])])
    items = [found.get((cls.Meta.table_name, pk, sk)) for cls, pk, sk in wanted]
    return [cls.from_raw_data(item) if item is not None else None for (cls, _, _), item in zip(wanted, items, strict=True)]


def read_many(wanted: Iterable[Key]) -> list[Row | None]:
    """Return however many rows in the order asked, None for the missing, a hundred in a call."""
    return [row for some in batched(wanted, MOST_READ_TOGETHER, strict=False) for row in read_together(*some)]


def page_of[One: Row](found: Sequence[One], size: int, place: Callable[[One], str]) -> tuple[list[One], str | None]:
    """Return a page out of rows that were read with one more, and where the next begins: None at the end, so that no page is empty."""
    shown = list(found[:size])
    return shown, place(shown[-1]) if shown and len(found) > size else None


def _batch(wanted: Sequence[Key]) -> dict[tuple[str, str, str], dict[str, Any]]:
    request: dict[str, Any] = {}
    for table_name, pk, sk in dict.fromkeys([(cls.Meta.table_name, pk, sk) for cls, pk, sk in wanted]):
        request.setdefault(table_name, {"Keys": [], "ConsistentRead": True})["Keys"].append(_key(pk, sk))
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
    if 0 < len(pk) <= _SHORT and 0 < len(sk) <= _SHORT:
        return True
    return bool(pk and sk) and len(pk.encode(errors="replace")) <= _LONGEST_PK and len(sk.encode(errors="replace")) <= _LONGEST_SK


def _key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
