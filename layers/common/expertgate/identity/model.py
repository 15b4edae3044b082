"""What is known of who somebody is, and a face check on its way."""

from datetime import datetime
from enum import StrEnum

from expertgate.records import Record


class FaceState(StrEnum):
    """Where a face check stands."""

    WAITING = "waiting"
    PASSED = "passed"
    FAILED = "failed"
    EXPIRED = "expired"


class ToDo(StrEnum):
    """What the holder can do next, in order, until everything is open."""

    COMPLETE_INFORMATION = "complete_information"
    COMPLETE_UNIT_INFORMATION = "complete_unit_information"
    CHECK_REAL_NAME = "check_real_name"
    CORRECT_INFORMATION = "correct_information"
    SUBMIT_EVIDENCE = "submit_evidence"
    CORRECT_EVIDENCE = "correct_evidence"
    AWAIT_REVIEW = "await_review"
    START_FACE_CHECK = "start_face_check"


class FaceCheck(Record):
    """One check of one account's face; `person` is the keyed hash of name and document it was started for."""

    id: str
    account_id: str
    purpose: str
    person: str
    state_hash: str
    state: FaceState
    ends: datetime
