"""Who calls: what every action knows about the one it works for."""

from dataclasses import dataclass, field
from enum import Enum, Flag, StrEnum, auto

from expertgate.records import Record


class CallerKind(StrEnum):
    """What kind of account stands behind a request; a task is the system itself."""

    STRANGER = "stranger"
    PERSON = "person"
    UNIT = "unit"
    OFFICIAL = "official"
    SERVICE = "service"
    TASK = "task"


class Allow(Flag):
    """Which kinds of caller a door lets in."""

    STRANGER = auto()
    PERSON = auto()
    UNIT = auto()
    OFFICIAL = auto()
    SERVICE = auto()

    def admits(self, kind: CallerKind) -> bool:
        """Tell whether this kind may come in."""
        return kind is not CallerKind.TASK and Allow[kind.name] in self


class Language(Enum):
    """The language of the answer; Chinese unless English is asked for (D-10)."""

    ZH = "zh"
    EN = "en"


class Repeat(Record):
    """How a repeat of this request would be known: its key, what it asks (keyed hash), the status it is answered with."""

    pk: str
    fingerprint: str
    status: int


@dataclass(frozen=True)
class Caller:
    """The account (or nobody), its session, the client it comes from, and what its request would look like if repeated."""

    kind: CallerKind
    request_id: str
    account_id: str | None = None
    session_id: str | None = None
    client: str = ""
    language: Language = Language.ZH
    repeat: Repeat | None = None
    duties: frozenset[str] = field(default_factory=frozenset)
    bureau: str | None = None
    along: tuple[object, ...] = field(default=(), repr=False)  # the rows that the door wanted read with the session

    @property
    def id(self) -> str:
        """Return the account id of a caller that a door has let in as somebody.

        Raises RuntimeError for a stranger: the door's `allow` is wrong then.
        """
        if self.account_id is None:
            message = "a door that admits strangers asked for an account"
            raise RuntimeError(message)
        return self.account_id


def system(request_id: str) -> Caller:
    """Return the caller of a task: the system itself."""
    return Caller(CallerKind.TASK, request_id)
