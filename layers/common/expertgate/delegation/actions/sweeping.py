"""The sweep: says what time did and will do, and whose grants rest, once; nothing is allowed or refused by it (DEL-08, DEL-17)."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, cast

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.delegation import rules, store
from expertgate.delegation.actions.resting import tell_resting
from expertgate.delegation.actions.telling import record, tell_both
from expertgate.delegation.model import Grant
from expertgate.delegation.store import GrantRow, Kept
from expertgate.errors.base import ExpertGateError
from expertgate.inbound.observe import note_fault
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import SealBroken
from expertgate.outbound.rows import Key, read_together
from expertgate.outbound.standing import SHARDS, is_standing
from expertgate.outbound.world import World

# A grant takes four rows (itself, audit, two notices) of the hundred that a transaction may have.
_GRANTS_PER_CHANGE = 25
_SECONDS = 240


@dataclass(frozen=True)
class _Step:
    """What is due for a grant: how it is afterwards, and what both sides are told."""

    read: Kept
    changed: Grant
    event: str
    facts: dict[str, object]


def expire_grants(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Close what is over, remind of what ends soon and tell who rests, in the shards named; run again it goes on where it stopped."""
    until, people = time.monotonic() + _SECONDS, dict[str, Account]()
    done = 0
    for shard in event.get("shards", range(SHARDS)):
        while time.monotonic() < until:
            steps = _sweep_page(shard, people, caller, world)
            done += steps
            if steps == 0:
                break
    return {"done": done}


def _sweep_page(shard: int, people: dict[str, Account], caller: Caller, world: World) -> int:
    """Do one page of a shard and return how much there was to do: a lagging index shows what is done already."""
    keys = store.due_keys(shard, stamp(world.clock.now()))
    told = sum(_told_resting(key, caller, world) for key in keys if is_standing(key[2]))
    return told + _close_and_remind([key for key in keys if not is_standing(key[2])], people, caller, world)


def _told_resting(key: Key, caller: Caller, world: World) -> int:
    """Tell of one unit's rest; a seal of its grants that is broken must not keep the others waiting."""
    try:
        return tell_resting(key, caller, world)
    except SealBroken as exc:
        note_fault(exc, unit=key[1])
        return 0


def _read(row: GrantRow, world: World) -> Kept | None:
    """Read a grant; one that nobody can open stays as it is."""
    try:
        return store.to_kept(row, world.keys)
    except SealBroken as exc:
        note_fault(exc, grant=row.grant_id)
        return None


def _close_and_remind(keys: Sequence[Key], people: dict[str, Account], caller: Caller, world: World) -> int:
    if not keys:
        return 0
    reads = [read for row in read_together(*keys) if row is not None and (read := _read(cast("GrantRow", row), world))]
    steps = {read.grant.id: step for read in reads if (step := _step(read, world))}
    _meet(world, list(steps.values()), people)
    early = [read for read in reads if read.grant.id not in steps and _is_early(read, world)]
    done = sum(_commit(some, people, caller, world) for some in batched(steps.values(), _GRANTS_PER_CHANGE, strict=False))
    return done + sum(_put_off(read, caller, world) for read in early)


def _is_early(read: Kept, world: World) -> bool:
    """Tell whether a row stands as due though nothing is: reminders were chosen otherwise since it was written."""
    due: str | None = read.row.due_at
    return due is not None and due <= stamp(world.clock.now())


def _put_off(read: Kept, caller: Caller, world: World) -> int:
    """Note when the grant is due by now, or a page of such rows would keep all that is due behind them waiting."""
    change = Change(world, caller)
    store.save(change, read, read.grant)
    try:
        change.commit(None)
    except ExpertGateError:  # somebody changed it, so it was noted anew
        return 0
    return 1


def _step(read: Kept, world: World) -> _Step | None:
    grant, now = read.grant, world.clock.now()
    due = rules.due_at(grant)
    if due is None or due > now:
        return None
    if grant.over_at <= now:
        closed = rules.expired(grant, now)
        lapsed = closed.ending is not None and closed.ending.why == "offer_lapsed"
        return _Step(read, closed, "offer_lapsed" if lapsed else "expired", {})
    # What is left, not which reminder this is: a late sweep must not promise a day that is over.
    return _Step(read, rules.reminded(grant, now), "expiring", {"days": rules.days_left(grant, now)})


def _meet(world: World, steps: Sequence[_Step], people: dict[str, Account]) -> None:
    """Read the accounts of both sides that this run has not met yet: a midnight has many grants of few units."""
    ids = dict.fromkeys(one for step in steps for one in (step.changed.agent_id, step.changed.unit_id) if one not in people)
    try:
        people |= {one.id: one for one in accounts.accounts(world, ids)}
    except SealBroken:
        _meet_each(world, ids, people)


def _meet_each(world: World, ids: Iterable[str], people: dict[str, Account]) -> None:
    """Read accounts one by one where a seal among them is broken: who can't be told counts as gone."""
    for account_id in ids:
        try:
            people |= {one.id: one for one in accounts.accounts(world, [account_id])}
        except SealBroken as exc:
            note_fault(exc, account=account_id)


def _commit(steps: Sequence[_Step], people: dict[str, Account], caller: Caller, world: World) -> int:
    """Write several steps together; when somebody changed one of them meanwhile, each by itself."""
    try:
        _write(steps, people, Change(world, caller))
    except ExpertGateError:
        return sum(_commit([step], people, caller, world) for step in steps) if len(steps) > 1 else 0
    return len(steps)


def _write(steps: Sequence[_Step], people: dict[str, Account], change: Change) -> None:
    for step in steps:
        grant = step.changed
        written = store.save(change, step.read, grant)
        record(change, step.event, grant, int(written.row.version))
        agent, unit = people.get(grant.agent_id), people.get(grant.unit_id)
        if agent and unit:  # a side that is gone must not keep the others of its shard waiting
            tell_both(change, step.event, grant, (agent, unit), **step.facts)
    change.commit(None)
