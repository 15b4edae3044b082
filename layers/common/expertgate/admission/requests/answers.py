"""What the doors of both forms answer."""

from typing import Annotated, Any

from expertgate.admission.model import EntryOutcome, ReviewState, Standing
from expertgate.inbound.fields import Answer, RemarkAnswer, Stamp, one_of


class SentAnswer(Answer):
    """Where a form stands after it was sent, corrected or withdrawn, and the manual's sentence about it."""

    outcome: Annotated[str, one_of(EntryOutcome)]
    message: str
    case_id: str | None


class ProfileAnswer(Answer):
    """A form as it stands: what was sent, what the reviewers said and why, which fields are open, and the caller's draft."""

    standing: Annotated[str, one_of(Standing)]
    review: Annotated[str, one_of(ReviewState)]
    case_id: str | None
    form: dict[str, Any] | None
    open_fields: list[str]
    remarks: list[RemarkAnswer]
    reason: str | None
    may_correct: bool
    draft: dict[str, Any] | None
    draft_saved_at: Stamp | None


class DraftSaved(Answer):
    """When the draft was saved."""

    saved_at: Stamp
