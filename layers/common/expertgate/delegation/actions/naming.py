"""What every action on grants begins with: the service by its code, both sides by their accounts."""

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.catalogue import store as catalogue
from expertgate.catalogue.model import Service
from expertgate.delegation import store
from expertgate.delegation.model import Grant
from expertgate.delegation.store import Kept
from expertgate.errors.delegation import GrantUnknown, PersonNotFound, UnitUnknown
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.forms.problems import told_at
from expertgate.outbound.change import Change
from expertgate.outbound.standing import StandingRow, standing_key
from expertgate.outbound.world import World


def service_named(code: str, field: str = "service") -> Service:
    """Return the service item, or refuse the field that names it."""
    with told_at(field):
        return catalogue.service(code)


def service_written(text: str) -> Service:
    """Return the service item that a file names: by its code, or by the name that pages and exports show."""
    known = (one for one in catalogue.services() if text in {one.name, one.english})
    return next(known, None) or service_named(text)


def both_sides(world: World, agent_id: str, unit_id: str) -> tuple[Account, Account]:
    """Return the accounts of agent and unit in one read."""
    found = {one.id: one for one in accounts.accounts(world, [agent_id, unit_id])}
    if agent_id not in found:
        raise PersonNotFound
    if unit_id not in found:
        raise UnitUnknown
    return found[agent_id], found[unit_id]


def sides_of(world: World, grant: Grant) -> tuple[Account, Account]:
    """Return the accounts of a grant's two sides."""
    return both_sides(world, grant.agent_id, grant.unit_id)


def grant_of_unit(world: World, caller: Caller, grant_id: str) -> Kept:
    """Return a grant of the unit that calls; another unit's looks as if it were not there."""
    kept = store.grant_with_id(world.keys, grant_id)
    if kept.grant.unit_id != caller.id:
        raise GrantUnknown
    return kept


def grant_of_agent(world: World, caller: Caller, grant_id: str) -> Kept:
    """Return a grant to the person who calls."""
    kept = store.grant_with_id(world.keys, grant_id)
    if kept.grant.agent_id != caller.id:
        raise GrantUnknown
    return kept


def demand_epoch(change: Change, unit_id: str, epoch: int) -> None:
    """Demand that the unit's standing is still the one that was read (DEL-17)."""
    _, pk, sk = standing_key(unit_id)
    unmoved = (StandingRow.epoch == epoch) if epoch else StandingRow.pk.does_not_exist()
    change.check(StandingRow(pk=pk, sk=sk), when=unmoved, otherwise=ChangedMeanwhile())
