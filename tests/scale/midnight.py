"""A midnight at which very many grants end, made quickly and not through the doors."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import batched
from typing import Any

from expertgate.account.model import Account, AccountKind, Channel, Status
from expertgate.account.store import AccountRow, key_of, to_row
from expertgate.delegation import rules, store
from expertgate.delegation.model import Grant
from expertgate.forms.dates import Period
from expertgate.outbound.aws import client
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from tests.stage import Stage

MIDNIGHT = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # 6 March, 00:00 in Shanghai
_MADE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_DAYS = Period.of_days(date(2026, 3, 2), date(2026, 3, 5))
AGENTS = 1_000
_WRITTEN_TOGETHER = 25
_WRITERS = 8


@dataclass(frozen=True)
class Ended:
    """The accounts of both sides."""

    agents: list[str]
    units: list[str]


def many_ending(stage: Stage, number: int, see: Callable[[int], None] = lambda _: None) -> Ended:
    """Make grants of units to agents that all end at midnight; `see` is told how many there are, now and then."""
    agents = [f"AGENT{each:05d}" for each in range(min(number, AGENTS))]
    units = [f"UNIT{each:05d}" for each in range(-(-number // len(agents)))]
    _written(_account(stage.world, one, AccountKind.PERSON) for one in agents)
    _written(_account(stage.world, one, AccountKind.UNIT) for one in units)
    shares = [range(first, min(first + AGENTS, number)) for first in range(0, number, AGENTS)]

    def write(some: range) -> int:
        _written(_grant(stage.world, agents[each % len(agents)], units[each // len(agents)]) for each in some)
        return some.stop

    with ThreadPoolExecutor(_WRITERS) as pool:
        for done in pool.map(write, shares):
            see(done)
    return Ended(agents, units)


def _account(world: World, account_id: str, kind: AccountKind) -> Row:
    made = Account(account_id, kind, Status.ACTIVE, Channel.WEB, _MADE, name="李晓波", mobile="+8613912345678")
    return to_row(world, made, AccountRow(pk=key_of(account_id)), _MADE)


def _grant(world: World, agent_id: str, unit_id: str) -> Row:
    made = Grant(world.codes.ulid(_MADE), agent_id, unit_id, "fepms", ("unit_applicant",), _DAYS, _MADE, 0)
    return store.new(world.keys, rules.as_made(made), "李晓波", "邯郸市某某科技有限公司").row


def _written(rows: Iterator[Row]) -> None:
    for some in batched(rows, _WRITTEN_TOGETHER, strict=False):
        puts = [{"PutRequest": {"Item": row.serialize()}} for row in some]
        answered: dict[str, Any] = client("dynamodb").batch_write_item(RequestItems={some[0].Meta.table_name: puts})
        assert not answered["UnprocessedItems"]
