"""Sealed rows of any table, page by page, and how far a re-sealing has come."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import PutError

import expertgate
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.aws import client
from expertgate.outbound.keys import Keys, SealBroken, generation_of
from expertgate.outbound.ring import RingRow
from expertgate.outbound.rows import Row, condition_failed
from expertgate.settings import LIMITS, variable

_POSITION = "RESEAL"


class PositionRow(Row):
    """Where the re-sealing for a generation stands; a pass that is stopped goes on here."""

    class Meta:
        """Beside the ring."""

        table_name = variable("KEYS_TABLE")

    generation = UnicodeAttribute()
    table = UnicodeAttribute(default="")
    after = JSONAttribute(null=True)
    began = UnicodeAttribute(default="")
    clean_from = UnicodeAttribute()


@dataclass(frozen=True)
class SealedRow:
    """A stored document and where it lies."""

    table: str
    pk: str
    sk: str
    blob: bytes


type RowNames = dict[str, list[str]]


def position(generation: str, now: str, clean_from: str) -> PositionRow:
    """Return how far it has come for this generation; a newer one begins at once."""
    found = PositionRow.find(_POSITION)
    fresh = PositionRow(pk=_POSITION, generation=generation, began=now, clean_from=clean_from)
    if found is None or found.generation == generation:
        return found or fresh
    fresh.version = found.version
    return fresh


def keep_position(row: PositionRow) -> bool:
    """Write it down; False where another runner did meanwhile."""
    expected = row.version
    row.version += 1
    try:
        row.save(condition=PositionRow.pk.does_not_exist() | (PositionRow.version == expected))
    except PutError as exc:
        if condition_failed(exc):
            return False
        raise
    return True


def sealed_tables() -> RowNames:
    """Return table -> names of its row models, which the sealed documents are bound to."""
    for module in pkgutil.walk_packages(expertgate.__path__, "expertgate."):
        if module.name.split(".")[1] not in {"inbound", "forms", "errors"}:
            importlib.import_module(module.name)
    names: dict[str, list[str]] = defaultdict(list)
    for model in sorted(_below(Row), key=lambda one: one.__name__):
        if model not in (AuditRow, RingRow, PositionRow):  # nothing personal, put-only
            names[model.Meta.table_name].append(model.__name__)
    return dict(sorted(names.items()))


def page_of(table: str, after: dict[str, Any] | None) -> tuple[list[SealedRow], dict[str, Any] | None]:
    """Return the sealed rows of a page and where the next one begins, None after the last."""
    start = {"ExclusiveStartKey": after} if after else {}
    page = client("dynamodb").scan(
        TableName=table,
        Limit=LIMITS.reseal_page_rows,
        ConsistentRead=True,
        ProjectionExpression="pk, sk, sealed",
        **start,
    )
    sealed = [one for one in page["Items"] if "sealed" in one]
    rows = [SealedRow(table, one["pk"]["S"], one["sk"]["S"], bytes(one["sealed"]["B"])) for one in sealed]
    return rows, page.get("LastEvaluatedKey")


def reseal(keys: Keys, row: SealedRow, names: list[str]) -> None:
    """Seal a document anew unless somebody wrote the row meanwhile.

    Raises SealBroken where no model of the table can open it.
    """
    blob = _sealed_anew(keys, row, names)
    try:
        client("dynamodb").update_item(
            TableName=row.table,
            Key={"pk": {"S": row.pk}, "sk": {"S": row.sk}},
            UpdateExpression="SET sealed = :new",
            ConditionExpression="sealed = :old",
            ExpressionAttributeValues={":new": {"B": blob}, ":old": {"B": row.blob}},
        )
    except ClientError as exc:
        if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise


def is_old(row: SealedRow, generation: str) -> bool:
    """Tell whether another generation than this one sealed it."""
    return generation_of(row.blob) != generation


def _sealed_anew(keys: Keys, row: SealedRow, names: list[str]) -> bytes:
    for name in names:
        place = f"{name}|{row.pk}|{row.sk}"
        try:
            document = keys.open(place, row.blob)
        except SealBroken:
            continue
        return keys.seal(place, document)
    raise SealBroken(row.table)


def _below(model: type[Row]) -> Iterator[type[Row]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)
