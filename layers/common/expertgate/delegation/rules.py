"""What may be done to a grant, by whom, in which state, and what comes of it; nobody here asks what time it is."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from expertgate.catalogue.model import Service
from expertgate.delegation.model import Deed, Ending, Extension, Grant, Side, State
from expertgate.errors.delegation import ExtensionNotAsked, GrantStateForbids
from expertgate.forms.dates import Period, end_of, shanghai_day, start_of
from expertgate.forms.problems import FieldProblem
from expertgate.settings import DAY, LIMITS

_AGENT = "agent"
_AHEAD = frozenset({State.OFFERED, State.NOT_YET_IN_FORCE})
_BEGUN = frozenset({State.NOT_YET_IN_FORCE, State.IN_FORCE, State.DISABLED})
_OVER = frozenset(state for state in State if state.is_over)
_LIVE = frozenset(State) - _OVER

# The one table of who may do what in which state; what is not in it is forbidden.
MATRIX: dict[tuple[Side, Deed], frozenset[State]] = {
    (Side.AGENT, Deed.ACCEPT): frozenset({State.OFFERED}),
    (Side.AGENT, Deed.REFUSE): frozenset({State.OFFERED}),
    (Side.AGENT, Deed.GIVE_BACK): _BEGUN,
    (Side.AGENT, Deed.ASK_EXTENSION): _BEGUN,
    (Side.UNIT, Deed.CHANGE_FIRST_DAY): _AHEAD,
    (Side.UNIT, Deed.CHANGE_LAST_DAY): _LIVE,
    (Side.UNIT, Deed.DISABLE): frozenset({State.NOT_YET_IN_FORCE, State.IN_FORCE}),
    (Side.UNIT, Deed.ENABLE): frozenset({State.DISABLED}),
    (Side.UNIT, Deed.REVOKE): _LIVE,
    (Side.UNIT, Deed.REPLACE): _LIVE,
    (Side.UNIT, Deed.ANSWER_EXTENSION): _BEGUN,
    (Side.UNIT, Deed.CONFIRM): _LIVE,
    (Side.UNIT, Deed.GRANT_AGAIN): _OVER,
    (Side.SYSTEM, Deed.EXPIRE): frozenset({State.EXPIRED}),
    (Side.SYSTEM, Deed.REMIND): frozenset({State.NOT_YET_IN_FORCE, State.IN_FORCE, State.DISABLED}),
}


def is_allowed(side: Side, deed: Deed, state: State) -> bool:
    """Tell whether this side may do this to a grant in this state."""
    return state in MATRIX.get((side, deed), frozenset())


def demand(grant: Grant, side: Side, deed: Deed, now: datetime) -> None:
    """Demand that this side may do this now.

    Raises GrantStateForbids, which names the state.
    """
    state = grant.state_at(now)
    if not is_allowed(side, deed, state):
        raise GrantStateForbids(state=state.value, deed=deed.value)


def period_of(first: date, last: date, now: datetime) -> Period:
    """Return the validity of a new grant (D-05): from today at the earliest, at most three years long."""
    if first < shanghai_day(now):
        raise FieldProblem("first_day_past").at("first_day")
    return _checked(first, last, now)


def roles_within(service: Service, own: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles to grant, in the order of the catalogue: only what the unit has itself and may hand on (DEL-03)."""
    roles = [role for role in service.roles if role.code in own and role.held_by == _AGENT]
    grantable = [role.code for role in roles]
    for code in wanted:
        if code not in grantable:
            raise FieldProblem("role_not_yours", roles=[role.words for role in roles]).at("roles")
    if not wanted:
        raise FieldProblem("role_required").at("roles")
    return tuple(code for code in grantable if code in wanted)


def offer_until(service: Service, now: datetime) -> datetime | None:
    """Return until when the agent must accept, None where the service binds at once (DEL-13)."""
    return now + timedelta(seconds=LIMITS.grant_offer_life) if service.needs_acceptance else None


def accepted(grant: Grant, now: datetime) -> Grant:
    """Accept an offer."""
    demand(grant, Side.AGENT, Deed.ACCEPT, now)
    return replace(grant, accepted=now)


def refused(grant: Grant, now: datetime) -> Grant:
    """Refuse an offer: it ends as given back."""
    demand(grant, Side.AGENT, Deed.REFUSE, now)
    return _ended(grant, State.GIVEN_BACK, now, "offer_refused")


def given_back(grant: Grant, now: datetime) -> Grant:
    """Give a grant back (DEL-09)."""
    demand(grant, Side.AGENT, Deed.GIVE_BACK, now)
    return _ended(grant, State.GIVEN_BACK, now, "given_back")


def revoked(grant: Grant, now: datetime) -> Grant:
    """Revoke a grant (DEL-05)."""
    demand(grant, Side.UNIT, Deed.REVOKE, now)
    return _ended(grant, State.REVOKED, now, "revoked")


def replaced(grant: Grant, now: datetime) -> Grant:
    """End a grant because another agent takes over (DEL-11)."""
    demand(grant, Side.UNIT, Deed.REPLACE, now)
    return _ended(grant, State.REPLACED, now, "agent_changed")


def expired(grant: Grant, now: datetime) -> Grant:
    """Write down that time ended it, at the moment it did (DEL-08)."""
    demand(grant, Side.SYSTEM, Deed.EXPIRE, now)
    why = "offer_lapsed" if grant.is_offer and grant.over_at < grant.period.ends else "validity_over"
    return replace(_ended(grant, State.EXPIRED, now, why), ending=Ending(State.EXPIRED, grant.over_at, why))


def reminded(grant: Grant, now: datetime) -> Grant:
    """Note that the reminder due now was given."""
    demand(grant, Side.SYSTEM, Deed.REMIND, now)
    return replace(grant, reminded=reminder_due(grant, now))


def with_validity(grant: Grant, first: date, last: date, now: datetime) -> Grant:
    """Change the validity: the first day only before it begins, the last day never into the past (DEL-07)."""
    demand(grant, Side.UNIT, Deed.CHANGE_LAST_DAY, now)
    if first != grant.period.first_day:
        demand(grant, Side.UNIT, Deed.CHANGE_FIRST_DAY, now)
        return _with_period(grant, period_of(first, last, now), now)
    return _with_period(grant, _checked(first, last, now), now)


def disabled(grant: Grant, now: datetime, *, disabled: bool) -> Grant:
    """Disable a grant without ending it, or enable it again (DEL-14)."""
    demand(grant, Side.UNIT, Deed.DISABLE if disabled else Deed.ENABLE, now)
    return replace(grant, disabled=disabled)


def extension_asked(grant: Grant, until: date, reason: str, now: datetime) -> Grant:
    """Ask the unit to let the grant last longer (DEL-14); a later request takes the place of an earlier one."""
    demand(grant, Side.AGENT, Deed.ASK_EXTENSION, now)
    if end_of(until) <= grant.period.ends:
        raise FieldProblem("extension_not_longer", last_day=grant.period.last_day.isoformat()).at("last_day")
    _checked(grant.period.first_day, until, now)
    return replace(grant, extension=Extension(end_of(until), now, reason))


def extension_answered(grant: Grant, now: datetime, *, granted: bool) -> Grant:
    """Grant or refuse what the agent asked for; it never revives a grant that ended meanwhile."""
    demand(grant, Side.UNIT, Deed.ANSWER_EXTENSION, now)
    if grant.extension is None:
        raise ExtensionNotAsked
    if not granted:
        return replace(grant, extension=None)
    return _with_period(grant, Period(grant.period.begins, max(grant.extension.until, grant.period.ends)), now)


def confirmed(grant: Grant, epoch: int, now: datetime) -> Grant:
    """Confirm a grant under the unit's present standing (DEL-17)."""
    demand(grant, Side.UNIT, Deed.CONFIRM, now)
    return replace(grant, epoch=epoch)


def reminder_due(grant: Grant, now: datetime) -> int | None:
    """Return the days of the nearest reminder whose time has come and which was not given yet; late ones in between are left out."""
    passed = [days for days in LIMITS.grant_reminder_days if reminder_at(grant, days) <= now]
    nearest = min(passed, default=None)
    return nearest if nearest is not None and (grant.reminded is None or nearest < grant.reminded) else None


def days_left(grant: Grant, now: datetime) -> int:
    """Return how many days of the validity come after today."""
    return (grant.period.last_day - shanghai_day(now)).days


def reminder_at(grant: Grant, days: int) -> datetime:
    """Return when a reminder is due: at nine in the morning, that many days before the last day."""
    return start_of(grant.period.last_day - timedelta(days=days)) + timedelta(hours=9)


def due_at(grant: Grant) -> datetime | None:
    """Return when the sweep must look at the grant next; None when nothing is to come."""
    if grant.ending is not None:
        return None
    to_come = [reminder_at(grant, days) for days in _reminders_left(grant)]
    return min([*to_come, grant.over_at])


def as_made(grant: Grant) -> Grant:
    """Leave out the reminders that would come on the day it is made or before: whoever made it knows its end."""
    return replace(grant, reminded=_last_passed(grant, grant.made))


def _reminders_left(grant: Grant) -> list[int]:
    if grant.is_offer:
        return []
    return [days for days in LIMITS.grant_reminder_days if grant.reminded is None or days < grant.reminded]


def _last_passed(grant: Grant, since: datetime) -> int | None:
    """Return the last reminder up to the end of a day: who set the days before nine in the morning need not be told of them at nine."""
    over = end_of(shanghai_day(since))
    return min((days for days in LIMITS.grant_reminder_days if reminder_at(grant, days) < over), default=None)


def _with_period(grant: Grant, period: Period, now: datetime) -> Grant:
    changed = replace(grant, period=period, extension=None)
    return replace(changed, reminded=_last_passed(changed, now))


def _checked(first: date, last: date, now: datetime) -> Period:
    if last < shanghai_day(now):
        raise FieldProblem("last_day_past").at("last_day")
    period = Period.of_days(first, last)
    longest = timedelta(seconds=LIMITS.grant_longest_days * DAY)
    if period.ends - max(period.begins, start_of(shanghai_day(now))) > longest:
        raise FieldProblem("grant_too_long", days=LIMITS.grant_longest_days).at("last_day")
    return period


def _ended(grant: Grant, state: State, now: datetime, why: str) -> Grant:
    return replace(grant, ending=Ending(state, now, why), extension=None)
