"""The error tree: what can go wrong, as codes and facts. HTTP statuses belong to the edge.

ExpertGateError
├── BadRequest          not what the protocol asks for that the door speaks (OAuth)
├── NotAuthenticated    who calls is not known
├── NotAllowed          known, but may not do this
├── NotFound            not there, or not for this caller: the answer is the same
├── Conflict            the world is in a state that forbids it
├── Unprocessable       the input breaks a rule; names the fields
├── TooMany             a limit was reached; says how long to wait
├── Gone                was valid once, is used up or too late
├── TooLarge            more than is accepted
└── Unavailable         a neighbour does not answer, try again
Concrete errors live in the area that speaks of them, one module per area.
"""

import re
from typing import ClassVar, Self

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class ExpertGateError(Exception):
    """Something the caller is told about, by a stable code (the class name in snake case) and its facts."""

    code: ClassVar[str] = "expert_gate_error"
    # What OAuth wants beside the members of a problem document (RFC 6749, 5.2); an error that has some is answered as plain JSON.
    members: ClassVar[dict[str, str]] = {}
    # How to show who one is: the WWW-Authenticate of the answer (RFC 9110, 11.6.1).
    challenge: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Derive the code from the name, so that the two can never differ."""
        cls.code = _WORD_START.sub("_", cls.__name__).lower()

    def __init__(self, **facts: object) -> None:
        """Keep the facts that the sentence shown to the user needs."""
        super().__init__(self.code)
        self.facts = facts
        self.field = ""

    def at(self, field: str) -> Self:
        """Name the field of the request that is refused, where it is one."""
        self.field = field
        return self

    @property
    def because(self) -> str | None:
        """Return the sentence that says why, where the code stands for several reasons."""
        return None


class BadRequest(ExpertGateError):
    """The request is not what the protocol asks for that the door speaks: OAuth wants 400 where our own doors say 422 or 403."""


class NotAuthenticated(ExpertGateError):
    """Who calls is not known."""

    challenge: ClassVar[str] = "Bearer"


class NotAllowed(ExpertGateError):
    """The caller is known, but may not do this."""


class NotFound(ExpertGateError):
    """Not there, or not for this caller: the two look the same from outside."""


class Conflict(ExpertGateError):
    """The world is in a state that forbids it."""


class Unprocessable(ExpertGateError):
    """The input breaks a rule."""


class TooMany(ExpertGateError):
    """A limit was reached; the fact `retry_after` gives the seconds to wait."""

    def __init__(self, retry_after: int, **facts: object) -> None:
        """Keep the seconds to wait, at least one."""
        super().__init__(retry_after=max(1, retry_after), **facts)
        self.retry_after = max(1, retry_after)


class Gone(ExpertGateError):
    """Was valid once, is used up or too late."""


class TooLarge(ExpertGateError):
    """More than is accepted."""


class Unavailable(ExpertGateError):
    """A neighbour does not answer; the same request may be sent again."""


class InvalidInput(Unprocessable):
    """One or more fields break a rule; each problem names the field, the rule and its facts."""

    def __init__(self, problems: list[tuple[str, str, dict[str, object]]]) -> None:
        """Keep the problems in the order of the fields."""
        super().__init__()
        self.problems = problems

    @classmethod
    def of(cls, field: str, rule: str, **facts: object) -> Self:
        """Return the error for a single field."""
        return cls([(field, rule, facts)])
