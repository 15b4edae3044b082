"""Granting: the part of a transaction that gives a person a grant, whoever asks for it and however many at once."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from expertgate.account.model import Account, AccountKind, RealPerson, Status
from expertgate.account.store import AccountRow, key_of
from expertgate.delegation import rules, store
from expertgate.delegation.actions.naming import both_sides, demand_epoch, service_named
from expertgate.delegation.actions.telling import count_change, record, tell_both
from expertgate.delegation.model import Grant, State
from expertgate.delegation.store import GrantRow, Kept, OpeningRow
from expertgate.errors.delegation import AgentBoundAlready, PersonNotFound, ServiceNotOpened
from expertgate.outbound.change import Change
from expertgate.outbound.rows import read_together
from expertgate.outbound.standing import standing_key


@dataclass(frozen=True)
class Order:
    """Who is to get what; `previous` is the grant that the new one renews or takes over."""

    agent_id: str
    service: str
    roles: tuple[str, ...]
    first_day: date
    last_day: date
    previous: str | None = None


@dataclass(frozen=True)
class Granted:
    """What was granted, and both sides."""

    kept: Kept
    agent: Account
    unit: Account


def grant_to(change: Change, unit_id: str, order: Order, event: str = "bound") -> Granted:
    """Add a new grant to the change, with everything it demands of the world and everybody it tells."""
    service = service_named(order.service)
    place = store.live_key(order.agent_id, unit_id, service.code)
    found = read_together(store.opening_key(unit_id, service.code), standing_key(unit_id), place)
    opened, row = cast("OpeningRow | None", found[0]), cast("GrantRow | None", found[2])
    if opened is None:
        raise ServiceNotOpened(service=service.words)
    agent, unit = both_sides(change.world, order.agent_id, unit_id)
    _demand_verified(change, agent)
    over = _ended_before(change, row, store.epoch_of(found[1]))
    made = Grant(
        id=change.world.codes.ulid(change.now),
        agent_id=agent.id,
        unit_id=unit.id,
        service=service.code,
        roles=rules.roles_within(service, tuple(opened.roles), order.roles),
        period=rules.period_of(order.first_day, order.last_day, change.now),
        made=change.now,
        epoch=store.epoch_of(found[1]),
        offer_until=rules.offer_until(service, change.now),
        previous=order.previous or (over.grant.id if over else None),
    )
    fresh = store.new(change.world.keys, rules.as_made(made), agent.known_as, unit.known_as)
    store.add(change, fresh, over, taken=AgentBoundAlready())
    demand_epoch(change, unit_id, made.epoch)
    record(change, event, fresh.grant, 1)
    tell_both(change, "offered" if made.is_offer else event, fresh.grant, (agent, unit))
    count_change(change, agent.id)
    return Granted(fresh, agent, unit)


def is_verified(agent: Account) -> bool:
    """Tell whether this is a person who showed his face and need not do so again (DEL-01, D-16)."""
    return agent.kind is AccountKind.PERSON and agent.status is Status.ACTIVE and agent.real_person is RealPerson.PASSED


def _demand_verified(change: Change, agent: Account) -> None:
    if not is_verified(agent):
        raise PersonNotFound
    still = (AccountRow.real_person == RealPerson.PASSED.value) & (AccountRow.status == Status.ACTIVE.value)
    change.check(AccountRow(pk=key_of(agent.id)), when=still, otherwise=PersonNotFound())


def _ended_before(change: Change, row: GrantRow | None, epoch: int) -> Kept | None:
    """Return the ended grant whose place the new one takes; one that time ended unseen is closed on the way."""
    if row is None:
        return None
    read = store.to_kept(row, change.world.keys)
    state = read.grant.state_at(change.now)
    if not state.is_over:
        raise _bound_already(read.grant, state.value if read.grant.epoch == epoch else "at_rest")
    if read.grant.ending is None and state is State.EXPIRED:
        closed = rules.expired(read.grant, change.now)
        record(change, "expired", closed, int(row.version) + 1)
        return replace(read, grant=closed)
    return read


def _bound_already(grant: Grant, state: str) -> AgentBoundAlready:
    days, roles = grant.period, sorted(grant.roles)
    return AgentBoundAlready(grant_id=grant.id, state=state, roles=roles, first_day=str(days.first_day), last_day=str(days.last_day))
