"""What the workflow of a case is told."""

from expertgate.review.model import Case

REPLACED = {"state": "replaced"}


def turn(case: Case) -> dict[str, object]:
    """Return what the router reads: the state alone, no personal data."""
    return {"state": case.state.value}


def is_left_behind(case: Case, run_round: int, waits_at: int | None) -> bool:
    """Tell whether the execution waits where the case no longer is."""
    return (run_round, waits_at) != (case.round, case.level) or not case.state.is_waiting
