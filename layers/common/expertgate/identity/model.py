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


class FaceCheck(Record):
    """One check of one account's face; `person` is the keyed hash of name and document it was started for."""

    id: str
    account_id: str
    purpose: str
    person: str
    state_hash: str
    state: FaceState
    ends: datetime
