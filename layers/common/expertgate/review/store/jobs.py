"""Work to be taken from officials who left: one row per official, done when he holds nothing, begun again where it stopped."""

from collections.abc import Iterator
from datetime import datetime

from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import ONLY, Key, Row
from expertgate.records import Record
from expertgate.review.store.rows import ByCheck
from expertgate.settings import LIMITS, variable

_SHARD = "JOB#0"


class JobRow(Row):
    """That an official's cases go to another, or back to their queues."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    heir = UnicodeAttribute(null=True)
    ordered_by = UnicodeAttribute(null=True)
    check_shard = UnicodeAttribute(null=True)
    check_at = UnicodeAttribute(null=True)
    by_check = ByCheck()


class Job(Record):
    """Whose cases are moved, to whom, and who ordered it; without an heir they become free."""

    official_id: str
    heir: str | None
    since: str
    by: str | None = None


def order(change: Change, official_id: str, heir: str | None = None) -> None:
    """Have an official's cases moved."""
    to = JobRow.heir.set(heir) if heir else JobRow.heir.remove()
    who = change.caller.account_id
    by = JobRow.ordered_by.set(who) if who else JobRow.ordered_by.remove()
    said = [to, by, JobRow.check_shard.set(_SHARD), JobRow.check_at.set(stamp(change.now))]
    change.note(JobRow(pk=_key(official_id)), said)


def job_of(official_id: str) -> Job | None:
    """Return the job of an official, None where nothing is to be moved."""
    row = JobRow.find(_key(official_id))
    return Job(official_id, row.heir, row.check_at, row.ordered_by) if row else None


def place_of(official_id: str) -> Key:
    """Return where the job of an official lies, to be read together with other rows."""
    return JobRow, _key(official_id), ONLY


def finish(change: Change, job: Job) -> None:
    """Note that all is moved; an order given meanwhile stays."""
    change.delete(JobRow(pk=_key(job.official_id)), when=JobRow.check_at == job.since)


def to_do(now: datetime) -> Iterator[str]:
    """Yield the officials whose cases are to be moved."""
    for row in JobRow.by_check.query(_SHARD, ByCheck.check_at <= stamp(now), page_size=LIMITS.page_size_most):
        yield row.pk.removeprefix("JOB#")


def _key(official_id: str) -> str:
    return f"JOB#{official_id}"
