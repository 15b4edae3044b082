"""The review workflow as it is deployed, run in an interpreter: it gets where the rows say, whatever is lost on the way."""

from collections.abc import Iterator

import pytest

from expertgate import effects
from expertgate.review.actions.opening import started, withdraw
from expertgate.review.model import Case
from expertgate.review.store import cases as store
from expertgate.review.store.runs import case_and_run
from tests.builders.cases import as_system, opened
from tests.conftest import TEMPLATE
from tests.stage import Stage, open_stage
from tests.state_machines.engine import ENGINE, eventually, lambda_tasks, make_machine

APPLIED: list[tuple[str, str]] = []


def note_effect(_change: object, case: Case, outcome: str) -> None:
    APPLIED.append((case.id, outcome))


@pytest.fixture
def flowing(engine: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Give a stage on which the workflow runs."""
    APPLIED.clear()
    monkeypatch.setattr(effects, "EFFECTS", dict.fromkeys(["unit_admission", "appeal"], "tests.state_machines.test_review:note_effect"))
    with open_stage(TEMPLATE, engine, **ENGINE) as stage, lambda_tasks():
        make_machine()
        yield stage


def waiting_at(stage: Stage, case_id: str, level: int) -> object:
    def holds() -> bool:
        found = case_and_run(stage.world, case_id)
        return found is not None and found[1].waits_at == level

    return eventually(holds)


def test_a_withdrawn_case_is_concluded_by_the_workflow(flowing: Stage) -> None:
    case_id = opened(flowing)
    waiting_at(flowing, case_id, 0)
    change = as_system(flowing)
    withdraw(change, store.case(flowing.world, case_id))
    change.commit(None)
    started(flowing.world, case_id)
    eventually(lambda: store.case(flowing.world, case_id).concluded)
    assert [(case_id, "withdrawn")] == APPLIED
