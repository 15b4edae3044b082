"""Bringing the workflow to where a case stands: the rows know, the workflow is told; what gets lost is told again."""

from expertgate.inbound.observe import note_fault
from expertgate.outbound.passing import FAULTS
from expertgate.outbound.world import World
from expertgate.review.rules.following import is_left_behind, turn
from expertgate.review.store import runs


def follow(world: World, case_id: str) -> None:
    """Start or wake the execution of a case after a commit; if the engine fails, a line says so and the reconciler mends."""
    try:
        _tell(world, case_id)
    except FAULTS as exc:
        note_fault(exc, case=case_id)


def _tell(world: World, case_id: str) -> None:
    found = runs.case_and_run(world, case_id)
    if found is None or found[1].settled:
        return
    case, run = found
    if run.token is None:
        world.workflow.start(run.case_id, run.round, run.attempt)
    elif is_left_behind(case, run.round, run.waits_at):
        world.workflow.answer(run.token, turn(case))
