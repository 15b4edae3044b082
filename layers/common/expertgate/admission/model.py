"""What admission speaks of: where a unit and its members stand in the project system, holds, projects."""

from enum import StrEnum
from typing import Final, Self

from expertgate.records import Record

PROJECT_SYSTEM: Final = "fepms"


class HoldState(StrEnum):
    """挂起: whether an account is suspended for a suspected duplicate, or how that ended (ADM-10)."""

    NONE = "none"
    OPEN = "open"
    RELEASED = "released"
    JOINED = "joined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Where a unit or a member stands in the project system; what the reviewers make of a submitted form is the case's."""

    UNKNOWN = "unknown"
    HELD = "held"
    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    ENDED = "ended"
    RETIRED = "retired"


class ReviewState(StrEnum):
    """The state of the case of the form that is in question; none where no form is."""

    NONE = "none"
    IN_REVIEW = "in_review"
    SUSPENDED = "suspended"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"


class EntryOutcome(StrEnum):
    """What entering a service leads to (ADM-01, D-06)."""

    REFUSED = "refused"
    CHOOSE_UNIT = "choose_unit"
    SUSPENDED = "suspended"
    UNIT_FORM = "unit_form"
    UNIT_PENDING = "unit_pending"
    MEMBER_FORM = "member_form"
    MEMBER_PENDING = "member_pending"
    HOME = "home"


class Resolution(StrEnum):
    """How an administrator ends a hold: one person, two people, or a wrong application."""

    JOIN = "join"
    RELEASE = "release"
    REFUSE = "refuse"

    @property
    def state(self) -> HoldState:
        """Return what the hold becomes."""
        return _RESOLVED[self]


class Subject(StrEnum):
    """Whose form waits behind a hold: the unit's, the member's, or none yet (first entry)."""

    UNIT = "unit"
    MEMBER = "member"
    ENTRY = "entry"


class MemberRole(StrEnum):
    """Roles after admission (ADM-11)."""

    UNIT_ADMINISTRATOR = "unit_administrator"
    UNIT_APPLICANT = "unit_applicant"


class ProjectClass(StrEnum):
    """个人类, 平台类, 支援类 (ADM-14)."""

    PERSON = "person"
    PLATFORM = "platform"
    SUPPORT = "support"


class ProjectState(StrEnum):
    """未提交, 待审, 立项: what the home page counts (ADM-12)."""

    DRAFT = "draft"
    PENDING = "pending"
    ESTABLISHED = "established"

    def may_become(self, state: Self) -> bool:
        """Tell whether this state may follow: a step on, or a step back where it was returned or typed wrongly."""
        return state in _FOLLOWING[self]


class BulletinKind(StrEnum):
    """通知公告 and 引智动态 of the home page."""

    NOTICE = "notice"
    NEWS = "news"


class Situation(Record):
    """All that the entry decision looks at."""

    hold: HoldState
    unit: Standing
    member: Standing
    review: ReviewState


class Mark(Record):
    """Something by which two accounts look like one person: a document number or a mobile."""

    kind: str
    value: str


class Sent(Record):
    """A form that was sent, with what the system needs of it besides its fields."""

    subject: Subject
    form: dict[str, object]
    attachments: tuple[str, ...]
    bureau: str
    name: str
    mobile: str | None
    user_name: str
    document_number: str | None


class Likeness(Record):
    """Another account of the project system, and which document numbers and mobiles it shares with somebody, in an account or in a form."""

    account_id: str
    shared: frozenset[Mark]

    @property
    def kinds(self) -> frozenset[str]:
        """Return what kinds of things are shared."""
        return frozenset(mark.kind for mark in self.shared)


class Succession(Record):
    """That an account was joined into another, which stands for it from then on."""

    into: str
    at: str


class Assignment(Record):
    """Whose desk a project lay on from an instant on; none is the unit's own."""

    desk: str | None
    by: str
    at: str


class Line(Record):
    """A line of a merge as typed (序号、项目编号、原账号、现账号): accounts by their names."""

    number: str
    project: str
    old: str
    new: str


class Move(Record):
    """What a line of a merge means: which project goes from whose desk to whose (REC-12)."""

    line: str
    project_id: str
    old: str
    new: str


_FOLLOWING = {
    ProjectState.DRAFT: frozenset({ProjectState.PENDING}),
    ProjectState.PENDING: frozenset({ProjectState.DRAFT, ProjectState.ESTABLISHED}),
    ProjectState.ESTABLISHED: frozenset({ProjectState.PENDING}),
}
_RESOLVED = {Resolution.JOIN: HoldState.JOINED, Resolution.RELEASE: HoldState.RELEASED, Resolution.REFUSE: HoldState.REFUSED}


def role_of(account_id: str, unit_id: str) -> MemberRole:
    """Return who somebody becomes: the unit's own account administers, an agent declares (D-08)."""
    return MemberRole.UNIT_ADMINISTRATOR if account_id == unit_id else MemberRole.UNIT_APPLICANT
