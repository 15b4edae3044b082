"""Removes rows whose time to live is over, as DynamoDB does some time after it."""

import sys
from threading import Event, Thread
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.clock import LocalClock
from infra.local.facts import Table, Template

_LOOK_EVERY: Final = 60.0
_PAGE: Final = 200


class Expiry:
    """Looks once a minute."""

    def __init__(self, template: Template, client: Any, clock: LocalClock) -> None:  # noqa: ANN401 -- a botocore client
        """Take the tables that have an expiry."""
        self._tables = [table for table in template.tables if table.ttl_attribute]
        self._client = client
        self._clock = clock
        self._stopped = Event()

    def start(self) -> None:
        """Begin to look."""
        Thread(target=self._run, name="expiry", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def sweep(self) -> int:
        """Remove all rows that are over now and return how many."""
        return sum(self._sweep(table) for table in self._tables)

    def _run(self) -> None:
        while not self._stopped.wait(_LOOK_EVERY):
            try:
                self.sweep()
            except (ClientError, BotoCoreError) as exc:
                print(f"expiry: {exc}", file=sys.stderr)

    def _sweep(self, table: Table) -> int:
        over = {
            "ExpressionAttributeNames": {"#ttl": table.ttl_attribute},
            "ExpressionAttributeValues": {":now": {"N": str(int(self._clock.now().timestamp()))}},
        }
        page: dict[str, Any] = {"TableName": table.name, "Limit": _PAGE, "FilterExpression": "#ttl <= :now", **over}
        removed = 0
        while True:
            found = self._client.scan(**page)
            removed += sum(self._remove(table, row, over) for row in found["Items"])
            if "LastEvaluatedKey" not in found or self._stopped.is_set():
                return removed
            page["ExclusiveStartKey"] = found["LastEvaluatedKey"]

    def _remove(self, table: Table, row: dict[str, Any], over: dict[str, Any]) -> bool:
        key = {name: row[name] for name in table.keys}
        try:
            # a row whose life was prolonged since it was read stays
            self._client.delete_item(TableName=table.name, Key=key, ConditionExpression="#ttl <= :now", **over)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
