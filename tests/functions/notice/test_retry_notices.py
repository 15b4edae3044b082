"""The schedule finds nothing where nothing is due, and what was written when there were fewer partitions."""

from datetime import timedelta

from expertgate.notice.rules import next_try_after, shard_of, shards
from expertgate.settings import LIMITS
from tests.stage import Stage


def test_nothing_due_means_nothing_tried(stage: Stage) -> None:
    assert stage.run("notice.retry_notices", {}) == {"tried": 0}


def test_partitions_of_earlier_versions_are_still_read() -> None:
    assert {f"due#{number}" for number in range(8)} <= set(shards())


def test_every_notice_lies_where_the_schedule_looks() -> None:
    found = {shard_of(f"01KJP0Y9M{number:017d}") for number in range(2000)}
    assert found <= set(shards())
    assert len(found) > 16


def test_a_carrier_may_be_away_for_a_day() -> None:
    pauses = [next_try_after(attempts) for attempts in range(1, LIMITS.sms_attempts)]
    assert timedelta(days=1) <= sum((one for one in pauses if one), timedelta()) < timedelta(days=1, hours=1)
    assert next_try_after(LIMITS.sms_attempts) is None
