"""Rows of the review table: a case, its rounds, decisions and workflow side, its sentinel."""

from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from expertgate.outbound.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from expertgate.outbound.rows import Row
from expertgate.settings import variable

META = "META"
RUN = "RUN"
UNIT_REF = "UNIT"


class ByQueue(GlobalSecondaryIndex["CaseRow"]):
    """Open cases of one bureau and state, oldest due first."""

    class Meta:
        """As declared in the template."""

        index_name = "by_queue"
        projection = AllProjection()

    queue = UnicodeAttribute(hash_key=True)
    queue_sort = UnicodeAttribute(range_key=True)


class ByApplicant(GlobalSecondaryIndex["CaseRow"]):
    """Cases of an account, by the instant they were opened."""

    class Meta:
        """As declared in the template."""

        index_name = "by_applicant"
        projection = AllProjection()

    applicant = UnicodeAttribute(hash_key=True)
    applicant_sort = UnicodeAttribute(range_key=True)


class ByCheck(GlobalSecondaryIndex["RunRow"]):
    """What a schedule must look at, sharded, by the instant it is due; sparse."""

    class Meta:
        """As declared in the template."""

        index_name = "by_check"
        projection = KeysOnlyProjection()

    check_shard = UnicodeAttribute(hash_key=True)
    check_at = UnicodeAttribute(range_key=True)


class CaseRow(Row):
    """Where a case stands; sealed: the applicant's name, mobile and document. Written whole, each time on the version read."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    account_id = UnicodeAttribute()
    unit_id = UnicodeAttribute(null=True)
    state = UnicodeAttribute()
    round = NumberAttribute()
    level = NumberAttribute()
    chain = JSONAttribute()
    opened = UnicodeAttribute()
    at_level_since = UnicodeAttribute()
    due = UnicodeAttribute()
    claimed_by = UnicodeAttribute(null=True)
    deciders = JSONAttribute()
    marks = JSONAttribute()
    open_fields = JSONAttribute()
    suspended_at = UnicodeAttribute(null=True)
    concluded = BooleanAttribute(default=False)
    queue = UnicodeAttribute(null=True)
    queue_sort = UnicodeAttribute(null=True)
    applicant = UnicodeAttribute()
    applicant_sort = UnicodeAttribute()
    by_queue = ByQueue()
    by_applicant = ByApplicant()


class UnitRefRow(Row):
    """Lets a unit find the cases its agents opened for it, an account those opened about it: same partition, other owner."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    applicant = UnicodeAttribute()
    applicant_sort = UnicodeAttribute()


class RunRow(Row):
    """The workflow's side of a case: which execution follows it; sealed: the token it waits with, and where it waits."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    round = NumberAttribute()
    attempt = NumberAttribute()
    waits_at = NumberAttribute(null=True)
    repairs = NumberAttribute(default=0)
    check_shard = UnicodeAttribute(null=True)
    check_at = UnicodeAttribute(null=True)
    by_check = ByCheck()


class RoundRow(Row):
    """One submission; sealed: form and attachments. Never changed."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    submitted = UnicodeAttribute()


class DecisionRow(Row):
    """One decision at one level of one round, put once; sealed: reason and remarks."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    bureau = UnicodeAttribute()
    official_id = UnicodeAttribute()
    outcome = UnicodeAttribute()
    at = UnicodeAttribute()


class OpenRow(Row):
    """The sentinel: at most one open case of a kind for a subject."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    case_id = UnicodeAttribute()


def case_key(case_id: str) -> str:
    """Return the partition of a case."""
    return f"CASE#{case_id}"


def round_key(number: int) -> str:
    """Return the sort key of a round."""
    return f"ROUND#{number:04d}"


def decision_key(number: int, level: int) -> str:
    """Return the sort key of a decision, after its round."""
    return f"{round_key(number)}#LEVEL#{level:02d}"


def open_key(kind: str, subject: str) -> str:
    """Return the partition of a sentinel."""
    return f"OPEN#{kind}#{subject}"
