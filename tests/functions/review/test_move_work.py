"""Moving an official's cases begins again where it stopped and ends when he holds nothing."""

import pytest

from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from expertgate.review.actions import moving
from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from expertgate.review.store import jobs, officials
from expertgate.review.store.jobs import job_of
from expertgate.review.store.officials import OfficialRow
from tests.builders.audits import facts_of
from tests.builders.cases import as_system, claim, opened
from tests.builders.officials import NATIONAL, Desk, official
from tests.faults.harness import Faults, forbidden, injected
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
    assert [row.template for row in NoticeRow.query(f"ACCOUNT#{desk.id}")] == ["case_taken_back"] * 25


def _left(stage: Stage, heir: str | None = None) -> tuple[Desk, str]:
    """Return an official whose case is still to be moved, to an heir where there is one, and the case."""
    desk, case_id = official(stage), opened(stage, subject=f"U{stage.plays.get('officials', 0)}")
    claim(stage, case_id, desk)
    change = as_system(stage)
    officials.disable(change, officials.official(stage.world, desk.id))
    jobs.order(change, desk.id, heir)
    change.commit(None)
    return desk, case_id


def _ordered_anew(stage: Stage, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """Let somebody order the work of an official moved once more, after it was looked at and before it is noted as done."""
    usual = jobs.finish

    def finish(change: Change, job: jobs.Job) -> None:
        if job.official_id == who:
            stage.clock.advance(seconds=1)
            again = as_system(stage)
            jobs.order(again, who, None)
            again.commit(None)
        usual(change, job)

    monkeypatch.setattr(jobs, "finish", finish)


def test_an_order_given_meanwhile_keeps_nobody_waiting(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    (first, _), (second, _) = _left(stage), _left(stage)
    one = next(iter(jobs.to_do(stage.clock.now())))
    _ordered_anew(stage, monkeypatch, one)
    assert stage.run("review.move_work") == {"moved": 2}
    assert [who for who in (first.id, second.id) if job_of(who)] == [one]
    monkeypatch.undo()
    assert stage.run("review.move_work") == {"moved": 0}
    assert job_of(one) is None


@pytest.mark.parametrize("fault", ["gone", "broken seal", "forbidden"])
def test_a_fault_with_one_keeps_nobody_waiting(stage: Stage, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    cases = {desk.id: case_id for desk, case_id in (_left(stage), _left(stage))}
    one, other = jobs.to_do(stage.clock.now())
    row = OfficialRow(pk=f"OFFICIAL#{one}", sk="META")
    if fault == "gone":
        row.delete()
    if fault == "broken seal":
        row.update([OfficialRow.sealed.set(b"broken")])
    with injected(Faults(fail_at=1 if fault == "forbidden" else None, error=forbidden)):  # the first call after who left was read
        assert stage.run("review.move_work") == {"moved": 1}
    assert (job_of(one) is None, job_of(other)) == (False, None)
    assert store.case(stage.world, cases[other]).claimed_by is None
    assert [vars(line)["official"] for line in caplog.records if line.message == "unexpected"] == [one]


@pytest.mark.parametrize("at_work", [True, False])
def test_an_heir_at_work_gets_the_case(stage: Stage, at_work: bool) -> None:
    heir = official(stage)
    leaver, case_id = _left(stage, heir.id)
    if not at_work:
        change = as_system(stage)
        officials.disable(change, officials.official(stage.world, heir.id))
        change.commit(None)
    assert stage.run("review.move_work") == {"moved": 1}
    holder = heir.id if at_work else None
    assert store.case(stage.world, case_id).claimed_by == holder
    assert facts_of(f"CASE#{case_id}", "review:case:reassigned") == [{"left": leaver.id, "to": holder}]


def test_who_is_back_at_work_keeps_his_cases(stage: Stage) -> None:
    desk, case_id = official(stage), opened(stage)
    claim(stage, case_id, desk)
    change = as_system(stage)
    jobs.order(change, desk.id, None)
    change.commit(None)
    assert stage.run("review.move_work") == {"moved": 0}
    assert (store.case(stage.world, case_id).claimed_by, job_of(desk.id)) == (desk.id, None)


def test_without_a_job_nothing_is_moved(stage: Stage) -> None:
    assert stage.run("review.move_work") == {"moved": 0}
