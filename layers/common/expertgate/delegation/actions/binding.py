"""Binding an agent, and giving a grant again that ended."""

from expertgate.caller import Caller
from expertgate.delegation import rules
from expertgate.delegation.actions.changing import write
from expertgate.delegation.actions.granting import Order, grant_to
from expertgate.delegation.actions.naming import grant_of_unit
from expertgate.delegation.actions.showing import agent_grant
from expertgate.delegation.model import Deed, Side
from expertgate.delegation.requests.grants import AgentGrant, BindAgent, ChangedAgent, ChangeOfAgent, Renewal
from expertgate.outbound.change import Change
from expertgate.outbound.world import World


def bind_agent(body: BindAgent, caller: Caller, world: World) -> AgentGrant:
    """Grant a person a service in some roles for some days."""
    change = Change(world, caller)
    order = Order(body.person_id, body.service, tuple(body.roles), body.first_day, body.last_day)
    made = grant_to(change, caller.id, order)
    return change.commit(agent_grant(change, made.kept, made.agent))


def grant_again(grant_id: str, body: Renewal, caller: Caller, world: World) -> AgentGrant:
    """Give an ended grant again: a new one, linked to the old."""
    old = grant_of_unit(world, caller, grant_id).grant
    change = Change(world, caller)
    rules.demand(old, Side.UNIT, Deed.GRANT_AGAIN, change.now)
    roles = old.roles if body.roles is None else tuple(body.roles)
    made = grant_to(change, caller.id, Order(old.agent_id, old.service, roles, body.first_day, body.last_day, old.id), "granted_again")
    return change.commit(agent_grant(change, made.kept, made.agent))


def change_agent(grant_id: str, body: ChangeOfAgent, caller: Caller, world: World) -> ChangedAgent:
    """End one agent's grant and bind another in one step: there is no moment with both or with neither (DEL-11)."""
    read, change = grant_of_unit(world, caller, grant_id), Change(world, caller)
    old = read.grant
    ended, agent, _ = write(change, read, rules.replaced(old, change.now), "replaced")
    roles = old.roles if body.roles is None else tuple(body.roles)
    made = grant_to(change, caller.id, Order(body.person_id, old.service, roles, body.first_day, body.last_day, old.id))
    answer = ChangedAgent(ended=agent_grant(change, ended, agent), made=agent_grant(change, made.kept, made.agent))
    return change.commit(answer)
