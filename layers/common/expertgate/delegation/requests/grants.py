"""What units and agents send about grants, and what they see of them."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field, StrictBool

from expertgate.caller import Language
from expertgate.catalogue import store as catalogue
from expertgate.delegation.model import Grant, State
from expertgate.delegation.requests.fields import Code, Roles
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import Continent, DocumentType
from expertgate.inbound.fields import Answer, Day, Id, Instant, Line, Pages, Request, one_of
from expertgate.wording import say

_AGENTS, _UNITS = Pages("agent_grants"), Pages("my_units")
AgentsCursor = Annotated[str, _AGENTS.asked]
UnitsCursor = Annotated[str, _UNITS.asked]
_MOMENT = timedelta(microseconds=1)


class FindPerson(Request):
    """证件号码 of a person, of any type where none is named, with the name where the unit wants it compared (DEL-01)."""

    document_number: Line
    document_type: DocumentType | None = None
    continent: Continent | None = None
    name: Line | None = None


class FoundPerson(Answer):
    """A verified person, masked."""

    person_id: str
    name: str
    mobile: str | None
    document_number: str


class BindAgent(Request):
    """Whom to bind, in what, as what, and for which days (DEL-02)."""

    person_id: Id
    service: Code
    roles: Roles
    first_day: Day
    last_day: Day


class Renewal(Request):
    """The days of a grant that is given again; the roles of the old one where none are named (DEL-06)."""

    first_day: Day
    last_day: Day
    roles: Roles | None = None


class GrantDays(Request):
    """有效开始时间 and 有效结束时间 (DEL-07)."""

    first_day: Day
    last_day: Day


class AskExtension(Request):
    """Until when the agent asks the grant to last, and why (DEL-14)."""

    last_day: Day
    reason: Line


class ExtensionAnswer(Request):
    """Whether the unit grants the extension (DEL-14)."""

    granted: StrictBool


class ConfirmGrants(Request):
    """Which grants the unit stands by (DEL-17); four rows each must fit into one transaction."""

    grant_ids: Annotated[list[Id], Field(min_length=1, max_length=20)]


class ChangeOfAgent(Request):
    """Who takes over, for which days; the roles of the old grant where none are named (DEL-11)."""

    person_id: Id
    first_day: Day
    last_day: Day
    roles: Roles | None = None


class GrantCounts(Answer):
    """How many grants stand in each state; `complete` is false where there are more than one answer looks through."""

    counts: dict[str, int]
    complete: bool


class OpenedService(Answer):
    """A service the unit entered, and its own roles there (DEL-03)."""

    service: str
    service_name: str
    roles: list[str]
    opened_at: Instant


class NamedRole(Answer):
    """A role with the name the user reads."""

    code: str
    name: str


class AskedExtension(Answer):
    """Until when the agent asks the grant to last."""

    last_day: date
    asked_at: Instant
    reason: str


class GrantFacts(Answer):
    """What both sides see of a grant."""

    id: str
    service: str
    service_name: str
    roles: list[NamedRole]
    first_day: date
    last_day: date
    applied_at: Instant
    state: Annotated[str, one_of(State)]
    state_name: str
    at_rest: bool
    previous: str | None
    answer_by: Instant | None
    extension: AskedExtension | None


class AgentGrant(GrantFacts):
    """A line of My agents: the other side masked (DEL-04)."""

    agent_id: str
    agent_name: str
    agent_mobile: str | None


class ChangedAgent(Answer):
    """The ended grant and the new one (DEL-11)."""

    ended: AgentGrant
    made: AgentGrant


class UnitGrant(GrantFacts):
    """A line of My units (DEL-09)."""

    unit_id: str
    unit_name: str


class AgentGrants(Answer):
    """A page of My agents."""

    items: list[AgentGrant]
    next_cursor: Annotated[str | None, _AGENTS.told]


class ConfirmedGrants(Answer):
    """The grants that count again."""

    items: list[AgentGrant]


class UnitGrants(Answer):
    """A page of My units."""

    items: list[UnitGrant]
    next_cursor: Annotated[str | None, _UNITS.told]


def grant_facts(grant: Grant, epoch: int, now: datetime, language: Language) -> dict[str, object]:
    """Return what both sides see of a grant now."""
    service, state = catalogue.service(grant.service), grant.state_at(now)
    chinese = language is Language.ZH
    names = {role.code: role.name if chinese else role.english for role in service.roles}
    asked = grant.extension
    return {
        "id": grant.id,
        "service": grant.service,
        "service_name": service.name if chinese else service.english,
        "roles": [NamedRole(code=code, name=names.get(code, code)) for code in grant.roles],
        "first_day": grant.period.first_day,
        "last_day": grant.period.last_day,
        "applied_at": grant.made,
        "state": state.value,
        "state_name": say("sentences", f"grant_{state.value}", language),
        "at_rest": not state.is_over and grant.epoch != epoch,
        "previous": grant.previous,
        "answer_by": grant.offer_until if grant.is_offer and not state.is_over else None,
        "extension": AskedExtension(last_day=shanghai_day(asked.until - _MOMENT), asked_at=asked.asked, reason=asked.reason)
        if asked
        else None,
    }
