"""Statistics of the review desk (REV-07)."""

from expertgate.inbound.fields import Answer


class CountAnswer(Answer):
    """What happened in a month, of one kind at one level; what is open is told of the present month only."""

    level: str
    level_name: str
    kind: str
    kind_name: str
    submitted: int
    approved: int
    returned: int
    rejected: int
    withdrawn: int
    mean_hours: float | None
    in_review: int | None
    waiting_return: int | None
    suspended: int | None


class StatisticsAnswer(Answer):
    """The statistics of a month: of one bureau, or of all together."""

    month: str
    bureau: str | None
    items: list[CountAnswer]
