"""An execution that reaches a level leaves its token there, or goes on at once when nothing is to be waited for."""

from typing import Any

import pytest

from expertgate.review.actions.ending import withdraw
from expertgate.review.store import cases as store
from expertgate.review.store.rows import RUN, RunRow, case_key
from expertgate.review.store.runs import case_and_run
from tests.builders.cases import FakeWorkflow, as_system, opened
from tests.stage import Stage


@pytest.fixture
def workflow(stage: Stage) -> FakeWorkflow:
    fake = FakeWorkflow()
    stage.world.__dict__["workflow"] = fake
    return fake


def _event(case_id: str, **changed: Any) -> dict[str, Any]:
    return {"case": case_id, "round": 1, "attempt": 1, "token": "secret-token", **changed}


def test_the_token_is_kept_sealed(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    stage.run("review.open_level", _event(case_id))
    found = case_and_run(stage.world, case_id)
    assert found is not None
    assert (found[1].token, found[1].waits_at) == ("secret-token", 0)
    row = RunRow.find(case_key(case_id), RUN)
    assert row is not None
    assert b"secret-token" not in row.sealed
    assert workflow.answered == []


def test_an_execution_of_an_older_attempt_is_sent_away(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    stage.run("review.open_level", _event(case_id, attempt=0))
    assert workflow.answered == [("secret-token", {"state": "replaced"})]


def test_a_case_that_has_ended_is_not_waited_for(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    change = as_system(stage)
    withdraw(change, store.case(stage.world, case_id))
    change.commit(None)
    stage.run("review.open_level", _event(case_id))
    assert workflow.answered == [("secret-token", {"state": "withdrawn"})]
