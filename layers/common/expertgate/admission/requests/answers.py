"""What the doors of both forms answer."""

from typing import Any

from expertgate.inbound.fields import Answer


class SentAnswer(Answer):
    """Where a form stands after it was sent, corrected or withdrawn, and the manual's sentence about it."""

    outcome: str
    message: str
    case_id: str | None


class ProfileAnswer(Answer):
    """A form as it stands: what was sent, what the reviewers said, why it was rejected, which fields are open, and the caller's draft."""

    standing: str
    review: str
    case_id: str | None
    form: dict[str, Any] | None
    open_fields: list[str]
    remarks: list[dict[str, str]]
    reason: str | None
    may_correct: bool
    draft: dict[str, Any] | None
    draft_saved_at: str | None


class DraftSaved(Answer):
    """When the draft was saved."""

    saved_at: str
