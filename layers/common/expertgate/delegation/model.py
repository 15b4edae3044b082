"""What a grant (授权) is: a unit lets a person act for it in one service, in some roles, for some days."""

from datetime import datetime
from enum import StrEnum

from expertgate.forms.dates import Period
from expertgate.records import Record


class State(StrEnum):
    """Where a grant stands at a moment; nobody stores it, it follows from the row and the clock."""

    OFFERED = "offered"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    IN_FORCE = "in_force"
    DISABLED = "disabled"
    EXPIRED = "expired"
    REVOKED = "revoked"
    GIVEN_BACK = "given_back"
    REPLACED = "replaced"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing brings it back: only a new grant, linked to this one, does."""
        return self in {State.EXPIRED, State.REVOKED, State.GIVEN_BACK, State.REPLACED}


class Deed(StrEnum):
    """What can be done to a grant; the matrix in `rules` says by whom and in which state."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    CHANGE_FIRST_DAY = "change_first_day"
    CHANGE_LAST_DAY = "change_last_day"
    DISABLE = "disable"
    ENABLE = "enable"
    REVOKE = "revoke"
    REPLACE = "replace"
    GIVE_BACK = "give_back"
    ASK_EXTENSION = "ask_extension"
    ANSWER_EXTENSION = "answer_extension"
    CONFIRM = "confirm"
    GRANT_AGAIN = "grant_again"
    EXPIRE = "expire"
    REMIND = "remind"


class Side(StrEnum):
    """Who does it."""

    UNIT = "unit"
    AGENT = "agent"
    SYSTEM = "system"


class Ending(Record):
    """How and when a grant ended before or at its last day; `why` names the way (refused, offer_lapsed, agent_changed)."""

    state: State
    at: datetime
    why: str


class Extension(Record):
    """延期申请: until when the agent asks the grant to last (DEL-14)."""

    until: datetime
    asked: datetime
    reason: str


class Grant(Record):
    """One grant. `epoch` is the unit's standing it was made or confirmed under; `previous` the grant it renews."""

    id: str
    agent_id: str
    unit_id: str
    service: str
    roles: tuple[str, ...]
    period: Period
    made: datetime
    epoch: int
    offer_until: datetime | None = None
    accepted: datetime | None = None
    disabled: bool = False
    ending: Ending | None = None
    extension: Extension | None = None
    previous: str | None = None
    reminded: int | None = None

    def state_at(self, moment: datetime) -> State:
        """Return the state at a moment: time decides, whether or not a sweep came by."""
        if self.ending is not None and self.ending.at <= moment:
            return self.ending.state
        if moment >= self.over_at:
            return State.EXPIRED
        if self.is_offer:
            return State.OFFERED
        if self.disabled:
            return State.DISABLED
        return State.IN_FORCE if moment >= self.period.begins else State.NOT_YET_IN_FORCE

    @property
    def is_offer(self) -> bool:
        """Tell whether the agent has still to accept."""
        return self.offer_until is not None and self.accepted is None

    @property
    def over_at(self) -> datetime:
        """Return when time alone ends it: the end of its last day, or of the days the agent has to accept."""
        return min(self.period.ends, self.offer_until) if self.is_offer and self.offer_until else self.period.ends


class Opening(Record):
    """That a unit entered a service, and the roles it has there itself (DEL-03)."""

    unit_id: str
    service: str
    roles: tuple[str, ...]
    opened: datetime


class Evidence(Record):
    """What the tables say at one moment about somebody acting for a unit in a service; unknown is no."""

    grant: Grant | None
    opening: Opening | None
    epoch: int
    unit_open: bool
    agent_open: bool
    is_unit_itself: bool = False


class Verdict(Record):
    """Whether somebody may act, why not, in which roles and until when."""

    reason: str
    grant: Grant | None = None
    roles: tuple[str, ...] = ()
    valid_until: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Tell whether it is a yes."""
        return self.reason == GRANTED


GRANTED = "granted"
