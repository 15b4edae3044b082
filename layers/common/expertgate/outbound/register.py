"""What the authority's register is asked and what it answers: plain facts, so that rules may speak of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a comparison came to; without an answer nothing is known, which is no failure."""

    PASSED = "passed"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"


class Reason(StrEnum):
    """Why, as a code with words."""

    MATCHES = "matches"
    NUMBER_UNKNOWN = "number_unknown"
    NAME_DIFFERS = "name_differs"
    VALIDITY_DIFFERS = "validity_differs"
    REPRESENTATIVE_DIFFERS = "representative_differs"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The register's answer."""

    outcome: Outcome
    reason: Reason

    @property
    def has_passed(self) -> bool:
        """Tell whether the register says the same."""
        return self.outcome is Outcome.PASSED


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as an account says."""

    document_type: str
    number: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as its account says."""

    name: str
    uscc: str
    legal_person_type: str
    representative: NamedPerson
