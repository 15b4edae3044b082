"""Statistics of the review desk (REV-07)."""

from expertgate.inbound.fields import Answer


class CountAnswer(Answer):
    """What happened in a month and is open now, of one kind at one level."""

    level: str
    kind: str
    submitted: int
    approved: int
    returned: int
    rejected: int
    withdrawn: int
    mean_hours: float | None
    in_review: int
    waiting_return: int
    suspended: int


class StatisticsAnswer(Answer):
    """The statistics of a month: of one bureau, or of all together."""

    month: str
    bureau: str | None
    items: list[CountAnswer]
