"""The schedule finds nothing where nothing is due, and what was written when there were fewer partitions."""

from expertgate.notice.rules import shard_of, shards
from tests.stage import Stage


def test_nothing_due_means_nothing_tried(stage: Stage) -> None:
    assert stage.run("notice.retry_notices", {}) == {"tried": 0}


def test_partitions_of_earlier_versions_are_still_read() -> None:
    assert {f"due#{number}" for number in range(8)} <= set(shards())


def test_every_notice_lies_where_the_schedule_looks() -> None:
    found = {shard_of(f"01KJP0Y9M{number:017d}") for number in range(2000)}
    assert found <= set(shards())
    assert len(found) > 16
