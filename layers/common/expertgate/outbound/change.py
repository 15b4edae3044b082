"""One business change: its rows, its audit row, its notices and the repeat row of its request, all or nothing."""

import random
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from expertgate.caller import Caller
from expertgate.errors.base import ExpertGateError
from expertgate.errors.edge import ChangedMeanwhile, TryAgain
from expertgate.outbound.attributes import given
from expertgate.outbound.audit import audit_row
from expertgate.outbound.aws import client
from expertgate.outbound.expressions import Prepared, Said
from expertgate.outbound.passing import give_up
from expertgate.outbound.repeats import RepeatRow, answered_by, repeat_key, repeat_row, replay
from expertgate.outbound.rows import IS_NEW, IS_THERE, Key, Row, When, read_together
from expertgate.outbound.world import World

if TYPE_CHECKING:
    from pydantic import BaseModel

_FAILED = "ConditionalCheckFailed"
# Nothing is wrong with the change: another transaction held a row, or the table was asked too much.
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
_CANCELLED = "TransactionCanceledException"
_TRIES = 4
_MOST_OPERATIONS = 100
_UNANSWERED = Prepared(RepeatRow.pk.does_not_exist() | (RepeatRow.expires <= given("now")))


class _Operation(NamedTuple):
    """One line of the transaction and what to say when its condition does not hold."""

    request: dict[str, Any]
    otherwise: ExpertGateError | None


class Change:
    """Collects operations, each with the state it expects, and commits them in one transaction."""

    def __init__(self, world: World, caller: Caller, now: datetime | None = None) -> None:
        """Begin an empty change made by this caller, now or at the instant of another change of the same request."""
        self.world = world
        self.caller = caller
        self.now = now or world.clock.now()
        self._operations: list[_Operation] = []

    def read(self, *wanted: Key) -> list[Row | None]:
        """Return several rows, None for the missing, read together with the earlier answer to this request, if it was given one.

        Raises AlreadyDone for a repeated request, IdempotencyKeyReused where its key belongs to another one.
        """
        repeat = self.caller.repeat
        if repeat is None:
            return read_together(*wanted)
        *found, earlier = read_together(*wanted, repeat_key(repeat))
        if done := answered_by(self.world, repeat, earlier):
            raise done
        return found

    def put(self, row: Row, when: When = IS_NEW, otherwise: ExpertGateError | None = None) -> None:
        """Write a whole row; without `when` it must be new."""
        self._add("Put", row.put_request(when), otherwise)

    def overwrite(self, row: Row) -> None:
        """Write a whole row, whatever was there: for what another operation of this change guards, and what may be written again."""
        self._add("Put", row.put_request(None), None)

    def replace(self, row: Row, otherwise: ExpertGateError | None = None) -> None:
        """Write a row that was read: nobody may have written it since; its version grows."""
        expected = type(row).version == row.version
        row.version += 1
        self.put(row, when=expected, otherwise=otherwise)

    def update(
        self, row: Row, actions: Sequence[Action] | Said, when: Condition | None = None, otherwise: ExpertGateError | None = None
    ) -> None:
        """Change some attributes of a row in the state given by `when`; what is prepared has its condition in it.

        Raises TypeError where there is none: `note` writes whatever the state.
        """
        if when is None and not (isinstance(actions, Said) and "ConditionExpression" in actions):
            raise TypeError("an update says in which state")
        self._add("Update", row.update_request(actions, when), otherwise)

    def note(self, row: Row, actions: Sequence[Action] | Said) -> None:
        """Write into a row whatever its state, made where it is not there: counters, and what only follows another row of this change."""
        self._add("Update", row.update_request(actions, None), None)

    def delete(self, row: Row, when: When = IS_THERE, otherwise: ExpertGateError | None = None) -> None:
        """Remove a row that must be there."""
        self._add("Delete", row.key_request(when), otherwise)

    def forget(self, row: Row) -> None:
        """Remove a row, whether it is still there or not."""
        self._add("Delete", row.key_request(None), None)

    def check(self, row: Row, when: Condition | Said, otherwise: ExpertGateError | None = None) -> None:
        """Demand a state of a row that is not written."""
        self._add("ConditionCheck", row.key_request(when), otherwise)

    def audit(self, tag: str, *, subject: str, **facts: object) -> None:
        """Say what was done to whom; facts are ids and codes, never personal data."""
        self.put(audit_row(self.world, self.caller, self.now, tag, subject, facts))

    def commit[Answer: "BaseModel | str | None"](self, answer: Answer) -> Answer:
        """Write everything or nothing and return the answer.

        Raises the `otherwise` of the first operation whose condition failed, AlreadyDone for a repeated request, TryAgain when the
        store does not answer, ValueError for more than DynamoDB takes: it would be refused for ever.
        """
        repeat = self.caller.repeat
        if repeat is not None:
            row = repeat_row(self.world, repeat, answer, self.now)
            self.put(row, when=_UNANSWERED(now=int(self.now.timestamp())))
        if len(self._operations) > _MOST_OPERATIONS:
            raise ValueError(f"a transaction holds {_MOST_OPERATIONS} operations, not {len(self._operations)}")
        for attempt in range(_TRIES):
            reasons = self._write()
            if reasons is None:
                return answer
            self._explain(reasons)
            time.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311 -- jitter, not a secret
        raise TryAgain

    def _add(self, verb: str, request: dict[str, Any], otherwise: ExpertGateError | None) -> None:
        self._operations.append(_Operation({verb: request}, otherwise))

    def _write(self) -> list[str] | None:
        """Return None when written, else the reason code of each operation."""
        try:
            client("dynamodb").transact_write_items(TransactItems=[one.request for one in self._operations])
        except ClientError as exc:
            if exc.response["Error"]["Code"] != _CANCELLED:
                give_up(exc)
            return [reason.get("Code", "None") for reason in exc.response.get("CancellationReasons", [])]
        except BotoCoreError as exc:
            give_up(exc)
        return None

    def _explain(self, reasons: list[str]) -> None:
        """Raise what the cancellation means, or return when a repeat may help."""
        failed = [one for one, reason in zip(self._operations, reasons, strict=True) if reason == _FAILED]
        if self.caller.repeat is not None and self._operations[-1] in failed:
            replay(self.world, self.caller.repeat)
        if failed:
            raise failed[0].otherwise or ChangedMeanwhile
        if _PASSING.isdisjoint(reasons):
            message = f"transaction refused: {reasons}"
            raise RuntimeError(message)
