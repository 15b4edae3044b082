"""Changing a grant that is there: its validity, or ending it."""

from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.delegation import rules, store
from expertgate.delegation.actions.naming import grant_of_unit, sides_of
from expertgate.delegation.actions.showing import agent_grant
from expertgate.delegation.actions.telling import record, tell_both
from expertgate.delegation.model import Grant
from expertgate.delegation.requests.grants import AgentGrant, Validity
from expertgate.delegation.store import Kept
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def change_validity(grant_id: str, body: Validity, caller: Caller, world: World) -> AgentGrant:
    """Lengthen or shorten the days of a live grant; it never revives an ended one."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    changed = rules.with_validity(read.grant, body.first_day, body.last_day, change.now)
    return commit_for_unit(change, read, changed, "validity_changed")


def revoke_grant(grant_id: str, caller: Caller, world: World) -> AgentGrant:
    """End a grant now: the next request of the agent is refused."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    return commit_for_unit(change, read, rules.revoked(read.grant, change.now), "revoked")


def commit_for_unit(change: Change, read: Kept, changed: Grant, event: str) -> AgentGrant:
    """Write a changed grant, tell both sides and answer the unit."""
    written, agent, _ = write(change, read, changed, event)
    return change.commit(agent_grant(change, written, agent))


def write(change: Change, read: Kept, changed: Grant, event: str) -> tuple[Kept, Account, Account]:
    """Add a changed grant to the change, with its audit row and what both sides are told."""
    agent, unit = sides_of(change.world, read.grant)
    written = store.save(change, read, changed)
    record(change, event, changed, int(written.row.version))
    tell_both(change, event, changed, (agent, unit))
    return written, agent, unit
