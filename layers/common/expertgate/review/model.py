"""What a case is: one application for a human decision, its rounds, its levels, who decides (REV-01, D-14)."""

from dataclasses import field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from expertgate.forms.dates import shanghai_day
from expertgate.records import Record

PLATFORM = "platform"


class CaseState(StrEnum):
    """Where a case stands."""

    IN_REVIEW = "in_review"
    RETURNED = "returned"
    SUSPENDED = "suspended"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has still something to do: an official or the applicant."""
        return self in {CaseState.IN_REVIEW, CaseState.RETURNED, CaseState.SUSPENDED}

    @property
    def is_waiting(self) -> bool:
        """Tell whether the case lies at a level: its workflow waits there, even while the case is suspended."""
        return self in {CaseState.IN_REVIEW, CaseState.SUSPENDED}


class Outcome(StrEnum):
    """What an official may say of a case at his level (D-14)."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


class Duty(StrEnum):
    """What an official may do (REV-06)."""

    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    SUPPORT = "support"


class OfficialStatus(StrEnum):
    """Whether an official has set up his log-in and may work."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Level(Record):
    """One step of a chain: the bureau that decides, its level in the catalogue, its working days."""

    bureau: str
    name: str
    working_days: int

    @property
    def duty(self) -> Duty:
        """Return the duty that decides here: the platform has operators, a bureau has reviewers."""
        return Duty.OPERATOR if self.bureau == PLATFORM else Duty.REVIEWER


class CaseKind(Record):
    """A kind of case as the catalogue has it: which chain, how long, what the applicant is told (REV-01).

    `hidden` are parts of the form that are about somebody else: officials compare them, the applicant does not see them. What is not
    `returnable` has nothing that its applicant could correct, and what is `fixed` in the form no correction changes. The request of a
    `flat` kind has its files beside the other fields. What stands `together` is corrected together: a remark on one of it opens all.
    What is `registered` can say nothing but what the account does, so that it may always follow the account.
    """

    code: str
    name: str
    english: str
    chain: str
    working_days: dict[str, int]
    remark_fields: frozenset[str]
    told: frozenset[str]
    hidden: frozenset[str] = frozenset()
    returnable: bool = True
    flat: bool = False
    fixed: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    registered: frozenset[str] = frozenset()

    @property
    def words(self) -> dict[str, str]:
        """Return its name as a fact that is said in the reader's language."""
        return {"zh": self.name, "en": self.english}


class Applicant(Record):
    """Who applies: the account, the unit it acts for; `document_key` is what makes his document unique.

    News goes to the `mobile` that the application names; where it names none, to the one that the account has by then.
    """

    account_id: str
    unit_id: str | None
    mobile: str | None
    name: str
    document_key: str | None = None
    unit_name: str | None = None


class Case(Record):
    """One application and where it stands; `version` grows with every change of it."""

    id: str
    kind: str
    subject: str
    applicant: Applicant
    state: CaseState
    round: int
    level: int
    chain: tuple[Level, ...]
    opened: datetime
    at_level_since: datetime
    due: datetime
    version: int = 1
    claimed_by: str | None = None
    deciders: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    open_fields: frozenset[str] = frozenset()
    suspended_at: datetime | None = None
    concluded: bool = False

    @property
    def here(self) -> Level:
        """Return the level the case lies at, or lay at when its round ended."""
        return self.chain[self.level]

    @property
    def is_at_last_level(self) -> bool:
        """Tell whether an approval here is the final one."""
        return self.level + 1 == len(self.chain)

    @property
    def last_day(self) -> date:
        """Return the last day in Shanghai on which a decision is in time."""
        return shanghai_day(self.due - timedelta(seconds=1))

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether a decision is late; while the case is returned or suspended its clock stands still."""
        return self.state is CaseState.IN_REVIEW and now >= self.due


class Wanted(Record):
    """Which part of a bureau's queue is asked for: `level` is the place in the chain, `due_by` the last day in Shanghai."""

    state: CaseState
    kind: str | None
    level: int | None
    due_by: date | None
    size: int
    cursor: str | None


class Remark(Record):
    """What is wrong with one field; the applicant may change that field."""

    field: str
    text: str


class Round(Record):
    """One submission of a case: what was handed in, and what it is to take the place of; never changed afterwards."""

    number: int
    form: dict[str, object]
    attachments: tuple[str, ...]
    submitted: datetime
    former: dict[str, object] = field(default_factory=dict)


class Decision(Record):
    """What an official decided at one level of one round."""

    round: int
    level: int
    bureau: str
    official_id: str
    outcome: Outcome
    at: datetime
    reason: str | None = None
    remarks: tuple[Remark, ...] = ()

    def says_the_same(self, other: "Decision") -> bool:
        """Tell whether the other is this decision sent once more."""
        return replace(self, at=other.at) == other


class Official(Record):
    """An official's account: what he may do, for which bureau; `marks` are blind indexes of his own number and mobile."""

    id: str
    user_name: str
    name: str
    mobile: str
    bureau: str
    duties: frozenset[Duty]
    status: OfficialStatus
    document: tuple[str, str]
    document_key: str
    marks: frozenset[str] = field(default_factory=frozenset)
