"""Steps of the workflow: a level opens, a round closes, a level waits too long, the reconciler mends (tasks)."""

from datetime import timedelta
from typing import Any

from expertgate.caller import Caller
from expertgate.effects import effect_of
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.errors.review import CaseUnknown
from expertgate.inbound.observe import note_fault
from expertgate.outbound.change import Change
from expertgate.outbound.keys import SealBroken
from expertgate.outbound.passing import FAULTS
from expertgate.outbound.workflow import Standing
from expertgate.outbound.world import World
from expertgate.review.actions.news import tell_outcome
from expertgate.review.model import Case, CaseState
from expertgate.review.rules.cases import concluded
from expertgate.review.rules.following import REPLACED, is_left_behind, turn
from expertgate.review.store import cases as store
from expertgate.review.store import runs
from expertgate.review.store.runs import Run
from expertgate.settings import LIMITS

_TRIES = 3


def open_level(event: dict[str, Any], caller: Caller, world: World) -> None:
    """Keep the token of an execution that reached a level; where nothing is to be waited for, let it go on at once."""
    for attempt in range(_TRIES):
        case, run = _case_and_run(world, event)
        if run is None or not case.state.is_waiting:
            world.workflow.answer(event["token"], REPLACED if run is None else turn(case))
            return
        change = Change(world, caller)
        runs.arm(change, case, run, event["token"])
        try:
            change.commit(None)
        except ChangedMeanwhile:
            if attempt + 1 == _TRIES:
                raise
        else:
            return


def level_timed_out(event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Tell the router where the case stands after a level took longer than an execution waits."""
    case, run = _case_and_run(world, event)
    return REPLACED if run is None else turn(case)


def close_round(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Carry out what was decided, once: the kind's effect, the news, the conclusion are one transaction (ADM-08)."""
    case, run = _case_and_run(world, event)
    if run is None or run.settled or case.state.is_waiting:
        return REPLACED
    change = Change(world, caller)
    runs.settle(change, run)
    if not case.state.is_open and not case.concluded:
        _conclude(change, case)
    change.commit(None)
    return turn(case)


def reconcile_cases(event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Mend what a crash left: calls that were lost, executions that are gone; `all` looks at every case that is not settled."""
    now = None if event.get("all") else world.clock.now()
    mended = [case_id for case_id in runs.to_check(now) if _mended(world, case_id)]
    return {"mended": len(mended)}


def _conclude(change: Change, case: Case) -> None:
    ended = concluded(case)
    effect_of(case.kind)(change, ended, case.state.value)
    store.save(change, case, ended)
    store.end(change, ended)
    if case.state is CaseState.APPROVED:
        tell_outcome(change, ended)
    change.audit("review:case:concluded", subject=f"CASE#{case.id}", state=case.state.value)


def _case_and_run(world: World, event: dict[str, Any]) -> tuple[Case, Run | None]:
    """Return the case, and its run if this execution is the one that follows it."""
    found = runs.case_and_run(world, event["case"])
    if found is None:
        raise CaseUnknown
    case, run = found
    is_mine = (run.round, run.attempt) == (event["round"], event["attempt"])
    return case, run if is_mine else None


def _mended(world: World, case_id: str) -> bool:
    """Mend one case; an engine that fails for one, or a seal that is broken, must not keep the others waiting."""
    try:
        return _mend(world, case_id)
    except (SealBroken, *FAULTS) as exc:
        note_fault(exc, case=case_id)
        return False


def _mend(world: World, case_id: str) -> bool:
    """Bring one execution to where its case stands; tell whether there was something to mend."""
    found = runs.case_and_run(world, case_id)
    if found is None or found[1].settled:
        return False
    case, run = found
    standing = world.workflow.standing(run.case_id, run.round, run.attempt)
    behind = run.waits_at is None or is_left_behind(case, run.round, run.waits_at)
    if standing is Standing.RUNNING and not behind:
        runs.look_again(run, world.clock.now() + timedelta(seconds=LIMITS.case_check_every), 0)
        return False
    _push(world, case, run, standing)
    return True


def _push(world: World, case: Case, run: Run, standing: Standing) -> None:
    current: Run | None = run
    if standing is Standing.OVER:
        current = runs.replace(run)
    if current is None:
        return
    # Looked at again ever later: what can't be mended by repeating must not be tried every minute for ever.
    wait = min(LIMITS.callback_grace * 2**current.repairs, LIMITS.case_check_every)
    runs.look_again(current, world.clock.now() + timedelta(seconds=wait), current.repairs + 1)
    if standing is not Standing.RUNNING:
        world.workflow.start(current.case_id, current.round, current.attempt)
    elif run.token is not None:
        world.workflow.answer(run.token, turn(case))
