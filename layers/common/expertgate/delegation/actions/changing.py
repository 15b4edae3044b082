"""Changing a grant that is there: its days, whether it counts, its end; both sides are told."""

from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.delegation import rules, store
from expertgate.delegation.actions.naming import demand_epoch, grant_of_unit, sides_of
from expertgate.delegation.actions.showing import agent_grant
from expertgate.delegation.actions.telling import count_change, record, tell_both
from expertgate.delegation.model import Grant
from expertgate.delegation.requests.grants import AgentGrant, ConfirmedGrants, ConfirmGrants, ExtensionAnswer, GrantDays
from expertgate.delegation.store import Kept
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def change_validity(grant_id: str, body: GrantDays, caller: Caller, world: World) -> AgentGrant:
    """Lengthen or shorten the days of a live grant; it never revives an ended one. The same days change nothing and tell nobody."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    changed = rules.with_validity(read.grant, body.first_day, body.last_day, change.now)
    if changed.period == read.grant.period:
        return agent_grant(change, read, sides_of(world, read.grant)[0])
    count_change(change, changed.agent_id)
    return commit_for_unit(change, read, changed, "validity_changed")


def revoke_grant(grant_id: str, caller: Caller, world: World) -> AgentGrant:
    """End a grant now: the next request of the agent is refused."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    return commit_for_unit(change, read, rules.revoked(read.grant, change.now), "revoked")


def disable_grant(grant_id: str, caller: Caller, world: World) -> AgentGrant:
    """Disable a grant without ending it (DEL-14)."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    return commit_for_unit(change, read, rules.disabled(read.grant, change.now, disabled=True), "disabled")


def enable_grant(grant_id: str, caller: Caller, world: World) -> AgentGrant:
    """Enable a disabled grant again (DEL-14)."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    enabled = rules.disabled(read.grant, change.now, disabled=False)
    count_change(change, enabled.agent_id)
    return commit_for_unit(change, read, enabled, "enabled")


def answer_extension(grant_id: str, body: ExtensionAnswer, caller: Caller, world: World) -> AgentGrant:
    """Grant or refuse the extension an agent asked for (DEL-14)."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    answered = rules.extension_answered(read.grant, change.now, granted=body.granted)
    return commit_for_unit(change, read, answered, "extension_granted" if body.granted else "extension_refused")


def confirm_grants(body: ConfirmGrants, caller: Caller, world: World) -> ConfirmedGrants:
    """Confirm resting grants under the unit's present standing, all or none (DEL-17); one that does not rest stays as it is."""
    change = Change(world, caller)
    reads = [grant_of_unit(world, caller, grant_id) for grant_id in dict.fromkeys(body.grant_ids)]
    items = [_confirmed(change, read) for read in reads]
    demand_epoch(change, caller.id, reads[0].epoch)
    return change.commit(ConfirmedGrants(items=items))


def _confirmed(change: Change, read: Kept) -> AgentGrant:
    confirmed = rules.confirmed(read.grant, read.epoch, change.now)
    if confirmed == read.grant:
        return agent_grant(change, read, sides_of(change.world, read.grant)[0])
    written, agent, _ = write(change, read, confirmed, "confirmed")
    return agent_grant(change, written, agent)


def commit_for_unit(change: Change, read: Kept, changed: Grant, event: str) -> AgentGrant:
    """Write a changed grant, tell both sides and answer the unit."""
    written, agent, _ = write(change, read, changed, event)
    return change.commit(agent_grant(change, written, agent))


def write(change: Change, read: Kept, changed: Grant, event: str, **facts: object) -> tuple[Kept, Account, Account]:
    """Add a changed grant to the change, with its audit row and what both sides are told."""
    agent, unit = sides_of(change.world, read.grant)
    written = store.save(change, read, changed)
    record(change, event, changed, int(written.row.version))
    tell_both(change, event, changed, (agent, unit), **facts)
    return written, agent, unit
