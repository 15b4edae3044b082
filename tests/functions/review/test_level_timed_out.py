"""After a level took too long the workflow hears where the case stands."""

import pytest

from tests.builders.cases import decide, opened
from tests.builders.officials import official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


@pytest.mark.parametrize(("attempt", "state"), [(1, "in_review"), (2, "replaced")])
def test_the_workflow_waits_on_or_gives_way(stage: Stage, attempt: int, state: str) -> None:
    event = {"case": opened(stage), "round": 1, "attempt": attempt}
    assert stage.run("review.level_timed_out", event) == {"state": state}


def test_a_case_that_ended_meanwhile_is_closed(stage: Stage) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "reject")
    assert stage.run("review.level_timed_out", {"case": case_id, "round": 1, "attempt": 1}) == {"state": "rejected"}
