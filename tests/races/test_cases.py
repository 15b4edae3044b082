"""Cases under many hands at once: each moves once, and an official's whole desk changes hands."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.model import Case
from expertgate.review.store import cases as store
from expertgate.review.store import jobs, officials
from expertgate.review.store.holdings import HeldRow, held_by
from tests.builders.cases import FakeWorkflow, as_system, claim, decision, opened
from tests.builders.officials import Desk, official
from tests.races.racing import at_once
from tests.stage import Stage

_IN_ONE_CHANGE = 45


@pytest.fixture(autouse=True)
def workflow(stage: Stage, engine: str | None) -> None:
    """Race on an engine that is safe in threads, without a workflow."""
    if engine is None:
        pytest.skip("moto's transactions are not safe in threads; run with dynoxide")
    stage.world.__dict__["workflow"] = FakeWorkflow()


def test_a_case_is_claimed_by_one(stage: Stage) -> None:
    case_id, desks = opened(stage), [official(stage) for _ in range(8)]
    answers = at_once([partial(claim, stage, case_id, desk) for desk in desks])
    assert [one.status for one in answers].count(200) == 1
    assert {one.code for one in answers if one.status != 200} <= {"case_claimed", "try_again"}


def test_of_many_decisions_one_counts(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    send = partial(stage.call, "review.decide_case", token=desk.token, path={"case_id": case_id})
    answers = at_once([partial(send, decision(seen, outcome)) for outcome in ("approve", "reject", "return") * 4])
    assert {one.status for one in answers} <= {201, 409, 503}
    assert {one.code for one in answers if one.status != 201} <= {"case_moved", "try_again"}
    assert [row.tag for row in AuditRow.query(f"CASE#{case_id}", page_size=100)].count("review:case:decided") == 1


@pytest.mark.slow
def test_a_thousand_doubled_decisions_move_each_once(stage: Stage) -> None:
    desk = official(stage)
    cases = [opened(stage, subject=f"U{number}") for number in range(1000)]
    bodies = {case_id: decision(claim(stage, case_id, desk).json) for case_id in cases}

    def send(case_id: str) -> int:
        return stage.call("review.decide_case", bodies[case_id], token=desk.token, path={"case_id": case_id}).status

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(send, [one for one in cases for _ in range(2)])) == {201}
    assert {store.case(stage.world, case_id).level for case_id in cases} == {1}


@pytest.mark.slow
def test_ten_thousand_cases_change_hands(stage: Stage) -> None:
    giver, heir = official(stage), official(stage)
    _hold(stage, giver, 10_000)
    change = as_system(stage)
    officials.disable(change, officials.official(stage.world, giver.id))
    jobs.order(change, giver.id, heir.id)
    change.commit(None)
    moved = [stage.run("review.move_work")["moved"] for _ in range(3)]
    assert (moved, jobs.job_of(giver.id)) == ([5_000, 5_000, 0], None)
    assert (len(list(held_by(giver.id))), len(list(held_by(heir.id)))) == (0, 10_000)


def _hold(stage: Stage, desk: Desk, count: int) -> None:
    """Put so many cases into the hands of an official, row by row: opening each would take the test's time."""
    pattern = store.case(stage.world, opened(stage, subject="pattern"))
    for first in range(0, count, _IN_ONE_CHANGE):
        change = as_system(stage)
        for _ in range(first, min(first + _IN_ONE_CHANGE, count)):
            _put(change, replace(pattern, id=stage.world.codes.ulid(change.now), claimed_by=desk.id))
        change.commit(None)


def _put(change: Change, case: Case) -> None:
    change.put(store._row(case, change.world.keys))
    change.put(HeldRow(pk=f"HELD#{case.claimed_by}", sk=case.id, since=stamp(change.now)))
