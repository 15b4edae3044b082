"""Writing a grant's change down for both sides and for later: notices and the audit row that answers DEL-15."""

from typing import Any

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.catalogue import store as catalogue
from expertgate.delegation.facts import facts_of
from expertgate.delegation.model import Grant
from expertgate.delegation.store import Kept, subject_of
from expertgate.errors.delegation import TooManyGrantChanges
from expertgate.forms.masks import mask_name
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.outbound.limits import Limit, count_in
from expertgate.settings import DAY, LIMITS


def record(change: Change, event: str, grant: Grant, version: int) -> None:
    """Say what was done, with the whole grant as it is afterwards; the version orders what happened in one millisecond."""
    change.audit(f"delegation:grant:{event}", subject=subject_of(grant.unit_id, grant.service), grant=facts_of(grant), version=version)


def count_change(change: Change, other_id: str) -> None:
    """Count that the caller tells the other side of a change he chose, so that nobody is flooded by who binds and revokes all day.

    Only what gives is counted: each ending and disabling follows something counted, and who may not act any more is never kept waiting.
    """
    key = f"grant_changes#{change.caller.id}#{other_id}"
    count_in(change, Limit(key, LIMITS.grant_changes_a_day, DAY, TooManyGrantChanges))


def tell_both(change: Change, event: str, grant: Grant, sides: tuple[Account, Account], **more: object) -> None:
    """Tell agent and unit what happened: templates `grant_<event>` and `grant_<event>_unit`."""
    agent, unit = sides
    facts: dict[str, Any] = {
        "unit": unit.known_as,
        "agent": mask_name(agent.known_as),
        "service": catalogue.service(grant.service).words,
        "first_day": grant.period.first_day.isoformat(),
        "last_day": grant.period.last_day.isoformat(),
        **more,
    }
    tell(change, account(agent.id, agent.mobile), f"grant_{event}", **facts)
    tell(change, account(unit.id, unit.mobile), f"grant_{event}_unit", **facts)


def tell_agent_of_rest(change: Change, kept: Kept, agent: Account) -> None:
    """Tell an agent that a grant of his rests; the unit may be closed, so its name is the one kept with the grant."""
    service = catalogue.service(kept.grant.service).words
    tell(change, account(agent.id, agent.mobile), "grant_rested", unit=kept.unit_name, service=service)


def tell_unit_of_rest(change: Change, unit_id: str, count: int) -> None:
    """Tell a unit how many of its grants rest, where any does: one notice, however many they are."""
    for unit in accounts.accounts(change.world, [unit_id]) if count else ():
        tell(change, account(unit.id, unit.mobile), "grant_rested_unit", count=count)
