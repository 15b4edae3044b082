"""Which partitions get hot: load spread by the real key functions, for the sizes of docs/scale.md.

`python -m tests.benchmarks.partitions`. A partition of DynamoDB takes 1,000 write and 3,000 read units a second.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.ground import keep, machine

SAMPLE = 200_000
WRITE_LIMIT, READ_LIMIT = 1_000, 3_000


def main(arguments: list[str] | None = None) -> None:
    """Spread the load and keep the shares of the hottest keys."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sample", nargs="?", type=int, default=SAMPLE)
    parser.add_argument("--figures", type=Path, help="folder to write to instead of docs/figures")
    chosen = parser.parse_args(arguments)
    found = {name: spread(list(keys), rate) for name, rate, keys in loads(chosen.sample)}
    keep("partitions", {"machine": machine(), "sample": chosen.sample, "loads": found}, chosen.figures)


def loads(sample: int) -> Iterator[tuple[str, int, Iterator[str]]]:
    """Yield each load: its name, its writes a second, and the partition key of each write."""
    from expertgate.notice.rules import shard_of  # noqa: PLC0415 -- the tables' names must stand in the environment first
    from expertgate.notice.store import box_of  # noqa: PLC0415
    from expertgate.outbound.sessions import gate_key  # noqa: PLC0415
    from expertgate.outbound.standing import due_shard  # noqa: PLC0415
    from expertgate.review.rules.queues import CHECK_SHARDS, shard  # noqa: PLC0415

    ids = [_id(number) for number in range(sample)]
    yield "log-ins, sessions", 10_000, (gate_key(one)[1] for one in ids)
    yield "grants ending at midnight, index by_due", 5_000, (due_shard(one) for one in ids)
    yield "notices of that midnight", 10_000, (box_of(one) for one in ids)
    # Put, claimed, sent: each notice with a message is written to its index four times.
    yield "2,000 short messages a second, index by_due", 8_000, (shard_of(one) for one in ids)
    yield "cases followed, index by_check", 500, (str(shard(one, CHECK_SHARDS)) for one in ids)
    yield "cases of the national bureau, index by_queue", 200, (f"100000#in_review#{shard(one, 8)}" for one in ids)
    yield "cases of one city bureau, index by_queue", 20, ("130400#in_review#0" for _ in ids)


def spread(keys: list[str], rate: int) -> dict[str, float]:
    """Return how many keys there are, the share of the hottest, and its writes a second."""
    counted = Counter(keys)
    share = counted.most_common(1)[0][1] / len(keys)
    return {"keys": len(counted), "hottest": share, "rate": rate, "hottest_rate": share * rate, "limit": WRITE_LIMIT}


def _id(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()[:26].upper()


if __name__ == "__main__":
    main()
