"""What schedules do, again and again: before each run the rows are put back as they were when their time had come."""

import os
from typing import Any

from tests.stage import Stage


class _Again:
    """Rows that are put back before each run."""

    table = ""

    def __init__(self, stage: Stage, keys: list[tuple[str, str]]) -> None:
        """Keep the rows as they are before any run."""
        from expertgate.outbound.aws import client  # noqa: PLC0415 -- the tables' names must stand in the environment first

        self._stage, self._rows, self._name = stage, client("dynamodb"), os.environ[self.table]
        found = (self._rows.get_item(TableName=self._name, Key={"pk": {"S": pk}, "sk": {"S": sk}}) for pk, sk in keys)
        self._due: list[dict[str, Any]] = [one["Item"] for one in found]

    def prepare(self) -> None:
        """Put the rows back."""
        for row in self._due:
            self._rows.put_item(TableName=self._name, Item=row)

    def _demand(self, done: int) -> None:
        """Demand that all that was due was done.

        Raises RuntimeError.
        """
        if done != len(self._due):
            message = f"{type(self).__name__}: {done} of {len(self._due)}"
            raise RuntimeError(message)


class Sweep(_Again):
    """The sweep when so many grants have just ended."""

    table = "GRANTS_TABLE"

    def __call__(self) -> None:
        """Sweep."""
        self._demand(self._stage.run("delegation.expire_grants")["done"])


class Reconciler(_Again):
    """The reconciler when so many executions are to be looked at and have not heard of their case."""

    table = "REVIEW_TABLE"

    def __call__(self) -> None:
        """Reconcile."""
        self._demand(self._stage.run("review.reconcile_cases")["mended"])
