"""Telling that a unit's grants rest: each agent by name of the service, the unit how many; page by page, each page once (DEL-17)."""

from collections.abc import Sequence
from typing import cast

from pynamodb.expressions.update import Action

from expertgate.account import store as accounts
from expertgate.caller import Caller
from expertgate.delegation import store
from expertgate.delegation.actions.telling import tell_agent_of_rest, tell_unit_of_rest
from expertgate.delegation.store import GrantRow, Kept
from expertgate.errors.base import ExpertGateError
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Key, read_together
from expertgate.outbound.standing import StandingRow
from expertgate.outbound.world import World

# A grant takes two rows (its check, a notice) of the hundred that a transaction may have; standing, audit and the unit's notice three.
_GRANTS_TOLD_TOGETHER = 45


def tell_resting(key: Key, caller: Caller, world: World) -> int:
    """Tell the agents of one page of a unit's grants, after the last page the unit; return how much was done.

    The page, its notices and how far the walk came are one transaction: killed anywhere, the next run goes on without a second notice.
    A grant began to rest in this walk when its epoch lies between what was told before and what is told now.
    """
    (found,) = read_together(key)
    row = cast("StandingRow | None", found)
    if row is None or row.due_at is None:
        return 0
    page = store.of_unit(row.pk.removeprefix("UNIT#"), _GRANTS_TOLD_TOGETHER, row.cursor)
    change = Change(world, caller)
    resting = [kept for one in store.as_they_stand(page) if _begins_to_rest(kept := store.to_kept(one, world.keys), row, change)]
    _tell(change, resting, row)
    _walk_on(change, row, page, len(resting))
    try:
        change.commit(None)
    except ExpertGateError:  # somebody ended or confirmed one of them, or the unit changed again: the next run reads anew
        return 0
    return 1


def _begins_to_rest(kept: Kept, row: StandingRow, change: Change) -> bool:
    return not kept.grant.state_at(change.now).is_over and row.told <= kept.grant.epoch < _goes_up_to(row)


def _goes_up_to(row: StandingRow) -> int:
    """Return the epoch this walk tells of; the unit may have changed once more since it began, which is the next walk's matter."""
    return int(row.telling or row.epoch)


def _tell(change: Change, resting: Sequence[Kept], row: StandingRow) -> None:
    ids = [kept.grant.agent_id for kept in resting]
    people = {one.id: one for one in accounts.accounts(change.world, ids)} if ids else {}
    for kept in resting:
        unmoved = (GrantRow.version == kept.row.version) & (GrantRow.grant_id == kept.grant.id)
        change.check(GrantRow(pk=kept.row.pk, sk=kept.row.sk), when=unmoved, otherwise=ChangedMeanwhile())
        if kept.grant.agent_id in people:
            tell_agent_of_rest(change, kept, people[kept.grant.agent_id])
    if resting:
        change.audit("delegation:grants:rest_told", subject=row.pk, grants=[kept.grant.id for kept in resting])


def _walk_on(change: Change, row: StandingRow, page: Sequence[GrantRow], count: int) -> None:
    """Keep how far the walk came, or that it is over: then the unit is told how many of its grants rest."""
    rested = int(row.rested or 0) + count
    actions: list[Action] = [StandingRow.version.set(row.version + 1)]
    if len(page) == _GRANTS_TOLD_TOGETHER:
        actions += [StandingRow.telling.set(_goes_up_to(row)), StandingRow.cursor.set(page[-1].unit_sort), StandingRow.rested.set(rested)]
    else:
        tell_unit_of_rest(change, row.pk.removeprefix("UNIT#"), rested)
        actions += [StandingRow.told.set(_goes_up_to(row)), *(one.remove() for one in (StandingRow.telling, StandingRow.cursor))]
        actions += [StandingRow.rested.remove()]
        if row.epoch == _goes_up_to(row):
            actions += [StandingRow.due_shard.remove(), StandingRow.due_at.remove()]
    unwalked = (StandingRow.version == row.version) | StandingRow.version.does_not_exist()  # resting alone writes no version
    unmoved = unwalked & (StandingRow.epoch == row.epoch)
    change.update(row, actions, when=unmoved, otherwise=ChangedMeanwhile())
