"""The agent's side of a grant: take it, refuse it, give it back, ask for more time."""

from expertgate.caller import Caller
from expertgate.delegation import rules
from expertgate.delegation.actions.changing import write
from expertgate.delegation.actions.naming import grant_of_agent
from expertgate.delegation.actions.showing import unit_grant
from expertgate.delegation.actions.telling import count_change
from expertgate.delegation.model import Grant
from expertgate.delegation.requests.grants import AskExtension, UnitGrant
from expertgate.delegation.store import Kept
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def accept_grant(grant_id: str, caller: Caller, world: World) -> UnitGrant:
    """Accept an offer; from now on it counts (DEL-13)."""
    read, change = grant_of_agent(world, caller, grant_id), Change(world, caller)
    return _commit(change, read, rules.accepted(read.grant, change.now), "accepted")


def refuse_grant(grant_id: str, caller: Caller, world: World) -> UnitGrant:
    """Refuse an offer (DEL-13)."""
    read, change = grant_of_agent(world, caller, grant_id), Change(world, caller)
    return _commit(change, read, rules.refused(read.grant, change.now), "refused")


def give_back_grant(grant_id: str, caller: Caller, world: World) -> UnitGrant:
    """Give a grant back (DEL-09)."""
    read, change = grant_of_agent(world, caller, grant_id), Change(world, caller)
    return _commit(change, read, rules.given_back(read.grant, change.now), "given_back")


def ask_extension(grant_id: str, body: AskExtension, caller: Caller, world: World) -> UnitGrant:
    """Ask the unit to let the grant last longer (DEL-14)."""
    read, change = grant_of_agent(world, caller, grant_id), Change(world, caller)
    asked = rules.extension_asked(read.grant, body.last_day, body.reason, change.now)
    count_change(change, asked.unit_id)
    return _commit(change, read, asked, "extension_asked", until=body.last_day.isoformat())


def _commit(change: Change, read: Kept, changed: Grant, event: str, **facts: object) -> UnitGrant:
    written, _, unit = write(change, read, changed, event, **facts)
    return change.commit(unit_grant(change, written, unit))
