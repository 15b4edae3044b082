"""Who calls: what every action knows about the one it works for."""

import re
from dataclasses import dataclass, field
from enum import Enum, Flag, StrEnum, auto
from functools import lru_cache

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

    @classmethod
    @lru_cache(maxsize=64)  # browsers send the same few
    def wanted(cls, accepted: str) -> "Language":
        """Return which of both a header Accept-Language wants more (RFC 9110, 12.5.4); other languages are passed over."""
        most, best = cls.ZH, 0.0
        for one in accepted.lower().split(","):
            tag, _, weight = one.partition(";")
            language = _LANGUAGES.get(tag.strip().partition("-")[0])
            if language and (weighed := _weight(weight)) > best:
                most, best = language, weighed
        return most


_LANGUAGES = {language.value: language for language in Language}
_WEIGHT = re.compile(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*")


def _weight(written: str) -> float:
    """Return the weight of a language: 1 where none is written, nothing where it is no number."""
    found = _WEIGHT.fullmatch(written)
    return float(found[1]) if found else float(not written)


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
