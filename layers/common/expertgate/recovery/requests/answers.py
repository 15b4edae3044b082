"""What a recovery shows to the holder of its ticket."""

from typing import Annotated, Literal

from expertgate.account.rules import SmsPurpose
from expertgate.inbound.fields import Answer, RemarkAnswer, one_of
from expertgate.recovery.model import Kind, Step


class StepAnswer(Answer):
    """One of the numbered steps."""

    number: int
    step: Step
    title: str
    state: Literal["done", "current", "to_come"]


class OtherwiseAnswer(Answer):
    """What may be done instead of the next step, and the purpose its code must be sent for."""

    message: str
    code_purpose: SmsPurpose


class NextAnswer(Answer):
    """What comes next: the step, in words, for a code the purpose it must be sent for, and what may be done instead."""

    step: Step
    message: str
    code_purpose: SmsPurpose | None
    otherwise: OtherwiseAnswer | None = None


class RecoveryCase(Answer):
    """Where the review of the evidence stands, and what was said of it."""

    case_id: str
    state: Annotated[str, one_of("expertgate.review.model.CaseState")]
    remarks: list[RemarkAnswer]
    reason: str | None = None


class RecoveryAnswer(Answer):
    """A recovery as it stands."""

    recovery_id: str
    kind: Kind
    steps: list[StepAnswer]
    next: NextAnswer
    hint: str | None
    user_name: str | None
    login_names: list[str]
    face_state: Annotated[str, one_of("expertgate.identity.model.FaceState")] | None
    case: RecoveryCase | None
    expires_in: int


class RecoveryStarted(RecoveryAnswer):
    """A recovery that begins; the ticket goes into the header `recovery-ticket` of every further request."""

    ticket: str
