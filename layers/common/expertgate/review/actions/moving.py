"""Taking cases from officials who leave, so that nobody inactive holds one; restartable at any case (REV-05)."""

from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from expertgate.caller import Caller
from expertgate.errors.base import Conflict, ExpertGateError, NotAllowed
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.inbound.observe import note_fault
from expertgate.outbound.change import Change
from expertgate.outbound.keys import SealBroken
from expertgate.outbound.passing import FAULTS
from expertgate.outbound.world import World
from expertgate.records import Record
from expertgate.review.actions.impartial import demand_impartial
from expertgate.review.model import Case, Official
from expertgate.review.rules.cases import is_at_work, taken_away
from expertgate.review.store import cases as store
from expertgate.review.store import holdings, jobs, officials
from expertgate.review.store.jobs import Job

_AT_ONCE = 20
_A_RUN = 5_000


class _Order(Record):
    """Whose cases go, to whom, and who wanted it: the run that carries it out may be the schedule's."""

    owner: Official
    heir: Official | None
    by: str | None


def move_work(_event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Move the cases of all officials who left; what one run does not finish, the next one does (task)."""
    return {"moved": sum(_moved(official_id, caller, world) for official_id in list(jobs.to_do(world.clock.now())))}


def _moved(official_id: str, caller: Caller, world: World) -> int:
    """Move what one official leaves; a fault with it must not keep the others waiting, its order stands for the next run."""
    try:
        return carry_out(official_id, caller, world, _A_RUN)
    except (ExpertGateError, SealBroken, *FAULTS) as exc:
        note_fault(exc, official=official_id)
        return 0


def carry_out(official_id: str, caller: Caller, world: World, most: int = _AT_ONCE) -> int:
    """Move up to so many cases of one official; the job ends when he holds nothing that is not his any more."""
    caller = replace(caller, repeat=None)  # the request has its answer; what follows from it is done apart
    job = jobs.job_of(official_id)
    if job is None:
        return 0
    order = _Order(
        officials.official(world, official_id),
        officials.official(world, job.heir) if job.heir else None,
        job.by,
    )
    looked_at = list(islice(holdings.held_by(official_id), most))
    moved = [_take(case_id, order, caller, world) for case_id in looked_at]
    if len(looked_at) < most and None not in moved:
        _finish(job, Change(world, caller))
    return moved.count(True)


def _finish(job: Job, change: Change) -> None:
    """Note that all is moved, unless it was ordered anew or another run noted it: what was moved is moved all the same."""
    jobs.finish(change, job)
    with suppress(ChangedMeanwhile):
        change.commit(None)


def _take(case_id: str, order: _Order, caller: Caller, world: World) -> bool | None:
    """Take one case; False where it stays with its holder, None where somebody changed it meanwhile and it must be looked at again."""
    case = store.case(world, case_id)
    if case.claimed_by != order.owner.id or is_at_work(case, order.owner):
        return False
    try:
        _give(case, order, Change(world, caller))
    except NotAllowed:  # the heir has a stake in the unit: the case becomes free
        _give(case, replace(order, heir=None), Change(world, caller))
    except Conflict:
        return None
    return True


def _give(case: Case, order: _Order, change: Change) -> None:
    from expertgate.review.actions.losing import tell_taken  # noqa: PLC0415 -- only where a case is taken

    moved = taken_away(case, order.heir)
    store.save(change, case, moved)
    if order.heir is not None and moved.claimed_by == order.heir.id:
        demand_impartial(change, order.heir, case)
    change.audit("review:case:reassigned", subject=f"CASE#{case.id}", left=order.owner.id, to=moved.claimed_by)
    tell_taken(change, case, "case_taken_back", by=order.by)
    change.commit(None)
