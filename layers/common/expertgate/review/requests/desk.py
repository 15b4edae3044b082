"""What the desk sends and gets: queues, cases, decisions (REV-02, REV-03)."""

from typing import Annotated

from pydantic import Field

from expertgate.catalogue.store import require_case_kind
from expertgate.inbound.fields import Answer, Instant, Line, Pages, Paragraph, RemarkAnswer, Request, Stamp, known
from expertgate.review.model import CaseState, Outcome

_QUEUE, _MINE = Pages("cases"), Pages("my_cases")
QueueCursor = Annotated[str, _QUEUE.asked]
MyCasesCursor = Annotated[str, _MINE.asked]
Kind = Annotated[str, known(require_case_kind)]


class RemarkBody(Request):
    """What is wrong with one field, by its path in the form."""

    field: Line
    text: Annotated[Paragraph, Field(max_length=500)]


class DecideCase(Request):
    """A decision on exactly what the official looked at: round, level and version of the case."""

    round: Annotated[int, Field(ge=1)]
    level: Annotated[int, Field(ge=0)]
    version: Annotated[int, Field(ge=1)]
    outcome: Outcome
    reason: Annotated[Paragraph, Field(max_length=1000)] | None = None
    remarks: Annotated[tuple[RemarkBody, ...], Field(max_length=100)] = ()


class LevelAnswer(Answer):
    """One level of a chain."""

    bureau: str
    bureau_name: str
    name: str
    level_name: str
    working_days: int


class CaseAnswer(Answer):
    """Where a case stands."""

    id: str
    kind: str
    kind_name: str
    state: CaseState
    state_name: str
    round: int
    level: int
    version: int
    chain: list[LevelAnswer]
    opened: Instant
    due: Instant
    overdue: bool
    claimed: bool
    mine: bool
    holder_id: str | None
    unit: str | None
    applicant: str
    concluded: bool


class QueueAnswer(Answer):
    """A page of a bureau's queue, oldest due first, and how many lie there by kind."""

    items: list[CaseAnswer]
    next_cursor: Annotated[str | None, _QUEUE.told]
    counts: dict[str, dict[str, int]]
    kind_names: dict[str, str]


class DecisionAnswer(Answer):
    """A decision as it was made; who made it is told to officials only."""

    level: int
    bureau: str
    bureau_name: str
    outcome: Outcome
    outcome_name: str
    at: Instant
    reason: str | None
    remarks: list[RemarkAnswer]
    official_id: str | None = None


class DifferenceAnswer(Answer):
    """What a correction changed in one field."""

    field: str
    before: object = None
    after: object = None


class RoundAnswer(Answer):
    """One submission with what was changed since the former one and what was decided about it."""

    number: int
    submitted: Instant
    form: dict[str, object]
    attachments: list[str]
    differences: list[DifferenceAnswer]
    decisions: list[DecisionAnswer]


class DeedAnswer(Answer):
    """One line of the audit."""

    at: Stamp
    tag: str
    tag_name: str
    actor: str


class CaseFileAnswer(Answer):
    """A case with its whole history."""

    case: CaseAnswer
    rounds: list[RoundAnswer]
    open_fields: list[str]
    deeds: tuple[DeedAnswer, ...] = ()


class MyCasesAnswer(Answer):
    """A page of one's own cases, newest first."""

    items: list[CaseAnswer]
    next_cursor: Annotated[str | None, _MINE.told]
