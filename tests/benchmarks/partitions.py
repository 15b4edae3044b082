"""Which partitions get hot: load spread by the real key functions, for the country of infra/checks/paper.json (docs/scale.md).

`python -m tests.benchmarks.partitions`. A partition of DynamoDB takes 1,000 write and 3,000 read units a second; a row that
transactions want at once refuses most of them long before, so that such rows are held to 20 a second here.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from expertgate.outbound.codes import ulid
from infra.checks import paper
from tests.benchmarks.ground import keep, machine

SAMPLE = 200_000
WRITES, READS, CONTENDED = 1_000, 3_000, 20
_MIDNIGHT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Load:
    """What asks for keys: how often a second, with how many units each time, and what one partition (or row) may take.

    `remedy` says what to do where the hottest key is asked for more than that: nothing may be hotter without one.
    """

    name: str
    keys: Iterable[str]
    rate: float
    units: float = 1
    limit: int = WRITES
    remedy: str = ""


def main(arguments: list[str] | None = None) -> None:
    """Spread the load and keep the shares of the hottest keys."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", nargs="?", type=int, default=SAMPLE)
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    found = {load.name: spread(load) for load in loads(chosen.sample)}
    keep("partitions", {"machine": machine(), "sample": chosen.sample, "loads": found}, chosen.figures)


def loads(sample: int) -> Iterator[Load]:
    """Yield each load of the paper's country."""
    chance = random.Random(7)  # noqa: S311 -- the same picture each time
    ids = [ulid(_MIDNIGHT, chance.getrandbits(80)) for _ in range(sample)]
    world = paper.parameters()["world"]
    yield from _log_ins(ids, world)
    yield from _midnight(ids, world)
    yield from _messages(ids, world)
    yield from _cases(ids, world)
    yield from _counters(ids, world)
    yield from _known_to_all(ids, world, chance)


def _log_ins(ids: list[str], world: dict[str, Any]) -> Iterator[Load]:
    from expertgate.account.store import key_of  # noqa: PLC0415 -- the tables' names must stand in the environment first
    from expertgate.outbound.limits import Limit, rows_in_total  # noqa: PLC0415
    from expertgate.outbound.sessions import gate_key  # noqa: PLC0415
    from expertgate.settings import HOUR, LIMITS, MINUTE  # noqa: PLC0415

    rate, shared = world["log_ins_a_second"], world["log_ins_from_the_largest_address"]
    yield Load("log-ins: sessions and gate of the account", (gate_key(one)[1] for one in ids), rate, 4)
    yield Load("log-ins: account and password", (key_of(one) for one in ids), rate, 2)
    yield Load("log-ins: audit of the account", (key_of(one) for one in ids), rate, 2)
    clients = ("one for many" if number < shared * len(ids) else one for number, one in enumerate(ids))
    rows = (Limit(f"login#{client}", LIMITS.login_failures_per_client_an_hour, HOUR).row(_MIDNIGHT).pk for client in clients)
    remedy = "many people behind one address wait for its counter: more exit addresses, or a way in of their own"
    yield Load("log-ins: counter of the largest address (transactions)", rows, rate, 2, CONTENDED, remedy)
    for codes in (LIMITS.codes_in_total_a_minute // MINUTE, world["codes_a_second"]):
        many = rows_in_total(codes * MINUTE, MINUTE)
        yield Load(f"codes in total, limit {codes:,} a second", (f"LIMIT#codes#{number % many}" for number in range(len(ids))), codes)


def _midnight(ids: list[str], world: dict[str, Any]) -> Iterator[Load]:
    from expertgate.delegation.store import subject_of  # noqa: PLC0415 -- as above
    from expertgate.notice.store import box_of  # noqa: PLC0415
    from expertgate.outbound.standing import due_shard, unit_key  # noqa: PLC0415

    rate, share = world["closures_a_second"], world["agents_of_the_largest_unit"] / world["grants_at_midnight"]
    units = ["U1" if number < share * len(ids) else one for number, one in enumerate(ids)]
    yield Load("midnight: grants due, index by_due", (due_shard(one) for one in ids), rate)
    yield Load("midnight: audit of unit and service", (subject_of(one, "fepms") for one in units), rate, 2)
    yield Load("midnight: grants of a unit, index by_unit", (unit_key(one) for one in units), rate, 2)
    yield Load("midnight: notices of a unit", (box_of(one) for one in units), rate, 2)
    remedy = "the sweep is refused, tries one by one and goes on at the next run: some 200 s longer, nothing is lost"
    yield Load("a midnight of one unit with 100,000 agents: its audit", (subject_of("U1", "fepms") for _ in ids), rate, 2, WRITES, remedy)


def _messages(ids: list[str], world: dict[str, Any]) -> Iterator[Load]:
    from expertgate.notice.rules import shard_of  # noqa: PLC0415 -- as above

    # Put, claimed (taken out and put in anew), sent: each message is written to its index four times.
    rate = world["short_messages_a_second"]
    yield Load(f"{rate:,} short messages a second, index by_due", (shard_of(one) for one in ids), rate, 4)


def _cases(ids: list[str], world: dict[str, Any]) -> Iterator[Load]:
    from expertgate.review.model import CaseState, Level  # noqa: PLC0415 -- as above
    from expertgate.review.rules.queues import CHECK_SHARDS, lane_of, shard  # noqa: PLC0415

    decided, nation, city = world["decisions_a_second"], Level("100000", "national", 10), Level("130400", "city", 5)
    looks = world["officials_of_the_nation"] * world["queue_looks_of_an_official_a_minute"] / 60
    queue = [lane_of(nation, CaseState.IN_REVIEW, one) for one in ids]
    # Put when it comes, written at the claim, taken out when decided: rows of two units.
    yield Load("the nation's queue, index by_queue", queue, decided, 6)
    # A look asks each shard for 21 rows of two KB, eventually consistent.
    yield Load("looks at the nation's queue, of a million cases", queue, looks * 8, 5.5, READS)
    yield Load("a city's queue, index by_queue", (lane_of(city, CaseState.IN_REVIEW, one) for one in ids), 20, 6)
    checked = [f"RUN#{shard(one, CHECK_SHARDS)}" for one in ids]
    # A decision writes its time to be looked at, the next level's token again, each taken out and put in anew.
    yield Load("executions followed, index by_check", checked, decided, 4)
    yield Load("reminders, index by_check", (one.replace("RUN", "CLOCK") for one in checked), decided, 2)
    yield Load("audit of cases", (f"CASE#{one}" for one in ids), decided * 5, 2)


def _counters(ids: list[str], world: dict[str, Any]) -> Iterator[Load]:
    from expertgate.review.model import Level  # noqa: PLC0415 -- as above
    from expertgate.review.store.counters import NOW, partition_of, sort_of  # noqa: PLC0415

    decided = world["decisions_a_second"]
    for name, level, rate in (("the nation", Level("100000", "national", 10), decided), ("a city", Level("130400", "city", 5), 20)):
        rows = (f"{partition_of(NOW, one)} {sort_of(level, 'unit_admission', one)}" for one in ids)
        # Each case comes and goes.
        yield Load(f"counters of {name}: rows (transactions)", rows, rate * 2, 1, CONTENDED)
    yield Load("counters of all bureaus: partitions", (partition_of(NOW, one) for one in ids), decided * 3 * 2, 2)


def _known_to_all(ids: list[str], world: dict[str, Any], chance: random.Random) -> Iterator[Load]:
    from expertgate.admission.model import BulletinKind  # noqa: PLC0415 -- as above
    from expertgate.admission.store.bulletins import key_of as bulletin_key  # noqa: PLC0415
    from expertgate.delegation.ticket_keys import _ALL  # noqa: PLC0415
    from expertgate.outbound.ring import _RING  # noqa: PLC0415
    from expertgate.outbound.sessions import gate_key  # noqa: PLC0415
    from expertgate.outbound.standing import unit_key  # noqa: PLC0415
    from expertgate.settings import LIMITS  # noqa: PLC0415

    checks, clients = world["checks_a_second"] * world["checks_of_the_largest_client"], world["clients_of_the_largest_system"]
    asked = [gate_key(f"CLIENT-{chance.randrange(clients)}")[1] for _ in ids]
    yield Load(f"authority checks of the largest system by {clients} clients: their sessions", asked, checks, 2, READS)
    remedy = "register more clients: one for each of the system's machines"
    yield Load("the same by one client", (gate_key("CLIENT")[1] for _ in ids), checks, 2, READS, remedy)
    hot = ("U1" if number % 100 == 0 else one for number, one in enumerate(ids))
    yield Load("authority checks: standing of a unit, 1 % of all", (unit_key(one) for one in hot), world["checks_a_second"], 1, READS)
    starts = world["cold_starts_a_second"]
    yield Load("the ring of keys, at each cold start", (_RING for _ in ids), starts + world["processes"] / LIMITS.ring_life, 1, READS)
    news, processes = (bulletin_key(BulletinKind.NOTICE) for _ in ids), world["processes_of_one_door"]
    # Each process asks once a life and at its start, however many home pages and entries there are; Lambda starts a hundred of a door.
    starts = world["cold_starts_of_one_door"]
    yield Load("home pages: the bulletins", news, starts + processes / LIMITS.bulletins_kept, 1.5, READS)
    yield Load("entries: the keys of tickets", (_ALL for _ in ids), starts + processes / LIMITS.ticket_keys_kept, 1, READS)


def spread(load: Load) -> dict[str, Any]:
    """Return how many keys there are, the share of the hottest, and its units a second."""
    counted = Counter(load.keys)
    share = counted.most_common(1)[0][1] / counted.total()
    asked = load.rate * (1 if load.limit == CONTENDED else load.units)
    return {
        "keys": len(counted),
        "hottest": share,
        "rate": load.rate,
        "units": load.units,
        "hottest_rate": share * asked,
        "limit": load.limit,
        "remedy": load.remedy,
    }


if __name__ == "__main__":
    main()
