"""What a crash left is mended: lost starts, lost call-backs, vanished executions; what is well is left alone."""

import pytest
from botocore.exceptions import ClientError

from expertgate.errors.edge import TryAgain
from expertgate.outbound.workflow import Standing
from expertgate.review.store.rows import META, CaseRow, case_key
from expertgate.review.store.runs import case_and_run, to_check
from expertgate.settings import LIMITS
from tests.builders.cases import FakeWorkflow, decide, opened
from tests.builders.officials import official
from tests.faults.harness import Faults, forbidden, injected, throttled
from tests.stage import Stage


def _reconcile(stage: Stage, **event: object) -> int:
    return int(stage.run("review.reconcile_cases", dict(event))["mended"])


def _waiting(stage: Stage, case_id: str, attempt: int = 1) -> None:
    stage.run("review.open_level", {"case": case_id, "round": 1, "attempt": attempt, "token": f"T{attempt}"})


def test_a_lost_start_is_made_good_after_a_grace(stage: Stage, workflow: FakeWorkflow) -> None:
    workflow.broken = True
    case_id = opened(stage)
    workflow.broken = False
    assert (_reconcile(stage), workflow.started) == (0, [])
    stage.clock.advance(seconds=LIMITS.callback_grace)
    assert (_reconcile(stage), workflow.started) == (1, [(case_id, 1, 1)])


def test_a_lost_call_back_is_made_good(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    _waiting(stage, case_id)
    workflow.broken = True
    decide(stage, case_id, official(stage), "reject")
    workflow.broken = False
    stage.clock.advance(seconds=LIMITS.callback_grace)
    assert (_reconcile(stage), workflow.answered) == (1, [("T1", {"state": "rejected"})])


def test_a_vanished_execution_is_followed_by_another_attempt(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    _waiting(stage, case_id)
    workflow.standings[case_id, 1, 1] = Standing.OVER
    assert _reconcile(stage, all=True) == 1
    assert workflow.started[-1] == (case_id, 1, 2)
    _waiting(stage, case_id, 2)
    assert _reconcile(stage, all=True) == 0


def test_an_engine_without_memory_is_told_the_same_attempt(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    _waiting(stage, case_id)
    workflow.standings.clear()
    _reconcile(stage, all=True)
    assert workflow.started == [(case_id, 1, 1), (case_id, 1, 1)]


def test_what_waits_as_it_should_is_left_alone(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    _waiting(stage, case_id)
    assert (_reconcile(stage, all=True), workflow.answered, len(workflow.started)) == (0, [], 1)


@pytest.mark.usefixtures("workflow")
def test_a_settled_case_is_looked_at_no_more(stage: Stage) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "reject")
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    assert _reconcile(stage, all=True) == 0


def test_what_cannot_be_mended_is_tried_ever_later(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    for _ in range(3):
        stage.clock.advance(days=1)
        _reconcile(stage)
    found = case_and_run(stage.world, case_id)
    assert found is not None
    assert found[1].repairs == 3
    assert len(workflow.started) == 1


def test_one_start_refused_lets_the_others_begin(stage: Stage, workflow: FakeWorkflow) -> None:
    """A million open executions are the engine's limit: what it refuses waits for its turn, the rest goes on."""
    workflow.broken = True
    cases = sorted(opened(stage, subject=f"U{number}") for number in range(3))
    workflow.broken, workflow.full_for = False, {cases[1]}
    stage.clock.advance(seconds=LIMITS.callback_grace)
    assert (_reconcile(stage), sorted(one for one, *_ in workflow.started)) == (2, [cases[0], cases[2]])
    workflow.full_for = set()
    stage.clock.advance(days=1)
    _reconcile(stage)
    assert cases[1] in {one for one, *_ in workflow.started}


def test_a_broken_seal_lets_the_others_begin(stage: Stage, workflow: FakeWorkflow) -> None:
    workflow.broken = True
    cases = {opened(stage, subject=f"U{number}") for number in range(2)}
    workflow.broken = False
    stage.clock.advance(seconds=LIMITS.callback_grace)
    broken = next(iter(to_check(stage.clock.now())))
    CaseRow(pk=case_key(broken), sk=META).update([CaseRow.sealed.set(b"broken")])
    assert (_reconcile(stage), {one for one, *_ in workflow.started}) == (1, cases - {broken})


def test_what_passes_leaves_a_line(stage: Stage, workflow: FakeWorkflow, caplog: pytest.LogCaptureFixture) -> None:
    workflow.broken = True
    case_id = opened(stage)
    stage.clock.advance(seconds=LIMITS.callback_grace)
    _reconcile(stage)
    told = [(one.message, vars(one)["case"]) for one in caplog.records if one.levelname == "WARNING"]
    assert told == [("left for later", case_id)] * 2


def test_an_engine_that_is_not_there_wakes_somebody(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    case_id = opened(stage)
    stage.clock.advance(seconds=LIMITS.callback_grace)
    assert _reconcile(stage) == 0
    told = [(one.message, vars(one)["case"], vars(one)["kind"]) for one in caplog.records if one.levelname == "ERROR"]
    assert told == [("unexpected", case_id, "StateMachineDoesNotExist")] * 2


def test_an_engine_that_forbids_is_not_away(stage: Stage) -> None:
    with injected(Faults(fail_at=0, error=forbidden)), pytest.raises(ClientError, match="AccessDenied"):
        stage.world.workflow.start("C1", 1, 1)
    with injected(Faults(fail_at=0, error=throttled)), pytest.raises(TryAgain):
        stage.world.workflow.start("C1", 1, 1)
