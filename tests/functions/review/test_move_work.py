"""Moving an official's cases begins again where it stopped and ends when he holds nothing."""

import pytest

from expertgate.review.actions import moving
from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from expertgate.review.store.jobs import job_of
from tests.builders.cases import claim, opened
from tests.builders.officials import NATIONAL, official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def test_what_one_run_leaves_the_next_one_moves(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    cases = [opened(stage, subject=f"U{number}") for number in range(25)]
    for case_id in cases:
        claim(stage, case_id, desk)
    stage.call("review.disable_official", token=administrator.token, path={"official_id": desk.id})
    assert job_of(desk.id) is not None
    monkeypatch.setattr(moving, "_A_RUN", 3)
    assert [stage.run("review.move_work")["moved"] for _ in range(3)] == [3, 2, 0]
    assert {store.case(stage.world, case_id).claimed_by for case_id in cases} == {None}
    assert job_of(desk.id) is None


def test_without_a_job_nothing_is_moved(stage: Stage) -> None:
    assert stage.run("review.move_work") == {"moved": 0}
