"""How often something may be done: atomic counters per key and window of time, dropped afterwards."""

import random
import time
from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import UpdateError

from expertgate.errors.base import ExpertGateError, TooMany
from expertgate.errors.edge import TooManyRequests, TryAgain
from expertgate.outbound.attributes import NumberAttribute, given
from expertgate.outbound.change import Change
from expertgate.outbound.expressions import Prepared
from expertgate.outbound.passing import give_up
from expertgate.outbound.rows import Row, condition_failed, error_code
from expertgate.outbound.world import World
from expertgate.settings import HOUR, variable

_TRIES = 3
_SHANGHAI = 8 * HOUR  # ahead of UTC, all the year
_ROWS_LEAST, _WRITES_OF_A_ROW = 10, 100
_CONFLICT = "TransactionConflictException"


class LimitRow(Row):
    """How often in one window."""

    class Meta:
        """In the table of sessions; dropped after its window."""

        table_name = variable("SESSIONS_TABLE")

    times = NumberAttribute(default=0)


_ONE_MORE = Prepared(
    LimitRow.pk.does_not_exist() | (LimitRow.times < given("most")), [LimitRow.times.add(1), LimitRow.expires.set(given("expires"))]
)
_ONE_LESS = Prepared(actions=[LimitRow.times.add(-1), LimitRow.expires.set(given("expires"))])


@dataclass(frozen=True)
class Counted:
    """One time that was counted; it can be given back where it should not have counted."""

    row: LimitRow
    times: int

    def give_back(self) -> None:
        """Take the time out of the count again; a count already gone needs nothing."""
        try:
            self.row.update([LimitRow.times.add(-1)], condition=LimitRow.times > 0, add_version_condition=False)
        except UpdateError as exc:
            if not condition_failed(exc):
                give_up(exc)


@dataclass(frozen=True)
class Limit:
    """How often for one key in a window; `key` holds ids, keyed hashes and words, never a personal value."""

    key: str
    most: int
    window: int
    refusal: type[TooMany] = TooManyRequests

    def row(self, now: datetime) -> LimitRow:
        """Return where it is counted now."""
        return LimitRow(pk=f"LIMIT#{self.key}", sk=f"{self.window}#{self.ends(now)}", expires=self.ends(now))

    def ends(self, now: datetime) -> int:
        """Return when the window ends: a day's at midnight in Shanghai."""
        seconds = int(now.timestamp())
        return seconds - (seconds + _SHANGHAI) % self.window + self.window

    def refused(self, now: datetime) -> TooMany:
        """Return what who comes once too often is told: how many seconds to wait."""
        return self.refusal(self.ends(now) - int(now.timestamp()))


def count_in(change: Change, limit: Limit, otherwise: ExpertGateError | None = None) -> LimitRow:
    """Let the change count one time for this limit, or fail with its refusal; return what can be given back.

    For what is counted together with something else: by itself `count` costs half.
    """
    row = limit.row(change.now)
    change.update(row, _ONE_MORE(expires=row.expires, most=limit.most), otherwise=otherwise or limit.refused(change.now))
    return row


def give_back_in(change: Change, row: LimitRow) -> None:
    """Let the change take a counted time out again; in a window that is over it harms nobody and goes with its row."""
    change.note(row, _ONE_LESS(expires=row.expires))


def count(world: World, key: str, limit: int, window: int, refusal: type[TooMany] = TooManyRequests) -> Counted:
    """Count one time for this key; `key` holds ids, keyed hashes and words, never a personal value.

    Raises the refusal, with the seconds until the window ends, when the limit was reached before.
    """
    now, wanted = world.clock.now(), Limit(key, limit, window, refusal)
    row = wanted.row(now)
    one_more = _ONE_MORE(expires=row.expires, most=limit)
    for attempt in range(_TRIES):
        try:
            row.update(one_more)
        except UpdateError as exc:
            if condition_failed(exc):
                raise wanted.refused(now) from exc
            if error_code(exc) != _CONFLICT:
                give_up(exc)
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 -- jitter, not a secret
        else:
            return Counted(row, int(row.times))
    raise TryAgain


def count_in_total(world: World, key: str, limit: int, window: int) -> None:
    """Count one time for everybody together, over as many rows as the limit needs, so that none gets hot however high it is set."""
    rows = rows_in_total(limit, window)
    row = random.randrange(rows)  # noqa: S311 -- spreads load, decides nothing
    count(world, f"{key}#{row}", max(1, limit // rows), window)


def rows_in_total(limit: int, window: int) -> int:
    """Return over how many rows a total is counted: a partition takes a thousand writes a second, a row here is given a tenth of that."""
    return max(_ROWS_LEAST, -(-limit // (window * _WRITES_OF_A_ROW)))
