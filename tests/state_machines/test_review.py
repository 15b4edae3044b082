"""The review workflow as it is deployed: it gets where the rows say, whatever is lost on the way."""

import json
from typing import Any

import pytest

from expertgate.caller import CallerKind
from expertgate.outbound.aws import client
from expertgate.outbound.workflow import Standing
from expertgate.review.actions.opening import resubmit, resume_case, started, suspend_case
from expertgate.review.model import Case, CaseState
from expertgate.review.store import cases as store
from expertgate.review.store.runs import case_and_run
from expertgate.settings import LIMITS, settings
from tests.builders.cases import FORM, as_system, decide, desks, opened
from tests.builders.officials import official
from tests.stage import Stage, session_for
from tests.state_machines.engine import eventually, make_machine

_MOST_TRANSITIONS = 20


def _waits(stage: Stage, case_id: str, level: int, round_number: int = 1, attempt: int = 1) -> None:
    def holds() -> bool:
        found = case_and_run(stage.world, case_id)
        return found is not None and (found[1].waits_at, found[1].round, found[1].attempt) == (level, round_number, attempt)

    eventually(holds)


def _concluded(stage: Stage, case_id: str) -> Case:
    eventually(lambda: store.case(stage.world, case_id).concluded)
    return store.case(stage.world, case_id)


def _ended(stage: Stage, case_id: str, round_number: int = 1, attempt: int = 1) -> list[dict[str, Any]]:
    """Wait until an execution has ended well and return its history."""
    arn = f"{settings().review_machine.replace(':stateMachine:', ':execution:')}:{case_id}-{round_number}-{attempt}"
    eventually(lambda: client("stepfunctions").describe_execution(executionArn=arn)["status"] != "RUNNING")
    assert client("stepfunctions").describe_execution(executionArn=arn)["status"] == "SUCCEEDED"
    events: list[dict[str, Any]] = client("stepfunctions").get_execution_history(executionArn=arn, maxResults=1000)["events"]
    return events


def test_approved_at_every_level_it_takes_effect(flowing: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(flowing)
    for level, desk in enumerate(desks(flowing)):
        _waits(flowing, case_id, level)
        assert decide(flowing, case_id, desk).status == 201
    assert _concluded(flowing, case_id).state is CaseState.APPROVED
    assert applied == [(case_id, "approved")]


def test_a_round_takes_few_transitions_without_secrets(flowing: Stage) -> None:
    case_id = opened(flowing)
    for level, desk in enumerate(desks(flowing)):
        _waits(flowing, case_id, level)
        decide(flowing, case_id, desk)
    _concluded(flowing, case_id)
    history = _ended(flowing, case_id)
    assert len([event for event in history if event["type"].endswith("StateEntered")]) <= _MOST_TRANSITIONS
    written = json.dumps(history, default=str, ensure_ascii=False)
    assert not [secret for secret in ("13800138000", "李晓波", "青岛海洋研究所") if secret in written]


def test_returned_and_submitted_again_it_begins_a_new_round(flowing: Stage, applied: list[tuple[str, str]]) -> None:
    case_id, (city, province, nation) = opened(flowing), desks(flowing)
    _waits(flowing, case_id, 0)
    decide(flowing, case_id, city)
    _waits(flowing, case_id, 1)
    decide(flowing, case_id, province, "return")
    _ended(flowing, case_id)
    change = as_system(flowing)
    resubmit(change, store.case(flowing.world, case_id), {**FORM, "basic": {"name": "青岛海洋研究院", "staff": 120}}, [])
    change.commit(None)
    started(flowing.world, case_id)
    for level, desk in enumerate((city, province, nation)):
        _waits(flowing, case_id, level, 2)
        assert decide(flowing, case_id, desk).status == 201
    assert _concluded(flowing, case_id).round == 2
    assert applied == [(case_id, "approved")]


def test_rejected_at_the_second_level_it_ends(flowing: Stage, applied: list[tuple[str, str]]) -> None:
    case_id, (city, province, _) = opened(flowing), desks(flowing)
    _waits(flowing, case_id, 0)
    decide(flowing, case_id, city)
    _waits(flowing, case_id, 1)
    decide(flowing, case_id, province, "reject")
    assert _concluded(flowing, case_id).state is CaseState.REJECTED
    assert applied == [(case_id, "rejected")]


@pytest.mark.parametrize("is_returned", [False, True])
def test_withdrawn_it_is_concluded(flowing: Stage, applied: list[tuple[str, str]], is_returned: bool) -> None:
    case_id = opened(flowing)
    _waits(flowing, case_id, 0)
    if is_returned:
        decide(flowing, case_id, official(flowing), "return")
        _ended(flowing, case_id)
    token = session_for(flowing, CallerKind.PERSON, "A1")
    assert flowing.call("review.withdraw_case", token=token, path={"case_id": case_id}).status == 200
    _ended(flowing, case_id, attempt=2 if is_returned else 1)
    assert applied == [(case_id, "withdrawn")]


def test_suspended_it_waits_on_and_then_goes_its_way(flowing: Stage, applied: list[tuple[str, str]]) -> None:
    case_id = opened(flowing)
    _waits(flowing, case_id, 0)
    aside = as_system(flowing)
    suspend_case(aside, store.case(flowing.world, case_id), "duplicate")
    aside.commit(None)
    assert decide(flowing, case_id, official(flowing)).code == "case_moved"
    again = as_system(flowing)
    resume_case(again, store.case(flowing.world, case_id))
    again.commit(None)
    decide(flowing, case_id, official(flowing), "reject")
    _concluded(flowing, case_id)
    assert applied == [(case_id, "rejected")]


def test_a_level_that_timed_out_is_waited_for(empty: Stage) -> None:
    make_machine(AwaitDecision=1)
    case_id = opened(empty)
    _waits(empty, case_id, 0)
    first = case_and_run(empty.world, case_id)
    assert first is not None
    eventually(lambda: (case_and_run(empty.world, case_id) or first)[1].token != first[1].token)
    decide(empty, case_id, official(empty), "reject")
    assert _concluded(empty, case_id).state is CaseState.REJECTED


def test_killed_between_commit_and_call_back_it_moves_on(flowing: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = opened(flowing)
    _waits(flowing, case_id, 0)
    with monkeypatch.context() as killed:
        killed.setattr("expertgate.review.actions.desk.follow", lambda *_: None)
        decide(flowing, case_id, official(flowing), "reject")
    assert not store.case(flowing.world, case_id).concluded
    flowing.clock.advance(seconds=LIMITS.callback_grace + 60)
    assert flowing.run("review.reconcile_cases") == {"mended": 1}
    assert _concluded(flowing, case_id).state is CaseState.REJECTED


def test_killed_before_the_start_it_is_started(flowing: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("tests.builders.cases.started", lambda *_: None)
        case_id = opened(flowing)
    flowing.clock.advance(seconds=LIMITS.callback_grace + 60)
    flowing.run("review.reconcile_cases")
    _waits(flowing, case_id, 0)


def test_an_execution_that_vanished_is_followed_by_another(flowing: Stage, applied: list[tuple[str, str]]) -> None:
    case_id, (city, province, nation) = opened(flowing), desks(flowing)
    _waits(flowing, case_id, 0)
    decide(flowing, case_id, city)
    _waits(flowing, case_id, 1)
    found = case_and_run(flowing.world, case_id)
    assert found is not None
    client("stepfunctions").send_task_failure(taskToken=found[1].token, error="Broken")
    eventually(lambda: flowing.world.workflow.standing(case_id, 1, 1) is Standing.OVER)
    assert flowing.run("review.reconcile_cases", {"all": True}) == {"mended": 1}
    _waits(flowing, case_id, 1, attempt=2)
    decide(flowing, case_id, province)
    _waits(flowing, case_id, 2, attempt=2)
    decide(flowing, case_id, nation)
    _concluded(flowing, case_id)
    assert applied == [(case_id, "approved")]
