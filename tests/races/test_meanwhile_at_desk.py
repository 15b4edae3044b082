"""What changes between an official's look and his deed: the deed is refused, or finds what is there by now."""

from collections.abc import Callable
from functools import partial

import pytest

from expertgate import effects
from expertgate.errors.review import CaseMoved
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.review.model import CaseState, Duty, OfficialStatus
from expertgate.review.rules.totp import STEP_SECONDS, code_at
from expertgate.review.store import cases as store
from expertgate.review.store import jobs, officials, runs
from tests.builders import grants
from tests.builders.admission import moved
from tests.builders.cases import APPLIED, FakeWorkflow, applicant, as_system, claim, decide, decision, opened
from tests.builders.evidence import a_checked_file
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, PLATFORM, Desk, official
from tests.functions.review.test_enrol_official import PASSWORD, enrol, invited
from tests.races.meanwhile import meanwhile
from tests.stage import Answered, Stage

_LEAVES: dict[str, Callable[..., None]] = {
    "disabled": officials.disable,
    "in another bureau": partial(officials.place, bureau=HEBEI, duties=frozenset({Duty.REVIEWER})),
    "without the duty": partial(officials.place, bureau=HANDAN, duties=frozenset({Duty.SUPERVISOR})),
}


@pytest.fixture(autouse=True)
def workflow(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> FakeWorkflow:
    """Put a noting engine and a noting effect in place of the real ones."""
    APPLIED.clear()
    monkeypatch.setattr(effects, "EFFECTS", {"unit_admission": "tests.builders.cases:note_effect"})
    fake = stage.world.__dict__["workflow"] = FakeWorkflow()
    return fake


def _leave(stage: Stage, desk: Desk, how: str) -> None:
    change = as_system(stage)
    _LEAVES[how](change, officials.official(stage.world, desk.id))
    change.commit(None)


@pytest.mark.parametrize("how", _LEAVES)
def test_who_leaves_meanwhile_decides_nothing(stage: Stage, how: str) -> None:
    case_id, desk = opened(stage), official(stage)
    body = decision(claim(stage, case_id, desk).json)
    with meanwhile(partial(_leave, stage, desk, how)):
        answered = stage.call("review.decide_case", body, token=desk.token, path={"case_id": case_id})
    assert (answered.status, answered.code) == (409, "official_inactive")
    assert store.case(stage.world, case_id).level == 0


def test_who_leaves_meanwhile_claims_nothing(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    with meanwhile(partial(_leave, stage, desk, "disabled")):
        assert claim(stage, case_id, desk).code == "official_inactive"
    assert store.case(stage.world, case_id).claimed_by is None


def test_who_leaves_meanwhile_is_given_nothing(stage: Stage) -> None:
    case_id, desk, supervisor = opened(stage), official(stage), official(stage, HANDAN, Duty.SUPERVISOR)
    with meanwhile(partial(_leave, stage, desk, "disabled")):
        answered = stage.call("review.assign_case", {"official_id": desk.id}, token=supervisor.token, path={"case_id": case_id})
    assert answered.code == "official_inactive"
    assert store.case(stage.world, case_id).claimed_by is None


def test_an_operator_who_leaves_meanwhile_suspends_nobody(stage: Stage) -> None:
    person, operator = grants.person(stage), official(stage, PLATFORM)
    body = {"reason": "account_at_risk", "statement": "持有人来电"}
    with meanwhile(partial(_leave, stage, operator, "disabled")):
        answered = stage.call("account.suspend_account", body, token=operator.token, path={"account_id": person.id})
    assert answered.code == "official_inactive"
    assert stage.call("account.show_account", token=person.token).status == 200


@pytest.mark.parametrize("was_bound", [False, True])
def test_who_is_bound_meanwhile_decides_nothing(stage: Stage, was_bound: bool) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    if was_bound:
        grants.act(stage, employer, "revoke_grant", grants.bound(stage, employer, agent).json["id"])
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    desk = official(stage, document=grants.document_of(1))
    body = decision(claim(stage, case_id, desk).json)
    with meanwhile(partial(grants.bound, stage, employer, agent)):
        answered = stage.call("review.decide_case", body, token=desk.token, path={"case_id": case_id})
    assert (answered.status, answered.code) == (403, "own_case")
    assert store.case(stage.world, case_id).level == 0


def _move(stage: Stage, administrator: Desk, one: Desk, bureau: str = HEBEI) -> Answered:
    body = {"bureau": bureau, "duties": ["reviewer"]}
    return stage.call("review.move_official", body, token=administrator.token, path={"official_id": one.id})


def test_an_administrator_who_leaves_meanwhile_moves_nobody(stage: Stage) -> None:
    one, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    with meanwhile(partial(_leave, stage, administrator, "disabled")):
        answered = _move(stage, administrator, one)
    assert (answered.status, answered.code) == (403, "duty_missing")
    assert officials.official(stage.world, one.id).bureau == HANDAN


def test_an_administrator_who_leaves_meanwhile_disables_nobody(stage: Stage) -> None:
    one, administrator = official(stage), official(stage, NATIONAL, Duty.ADMINISTRATOR)
    with meanwhile(partial(_leave, stage, administrator, "disabled")):
        answered = stage.call("review.disable_official", token=administrator.token, path={"official_id": one.id})
    assert (answered.status, answered.code) == (403, "duty_missing")
    assert officials.official(stage.world, one.id).status is OfficialStatus.ACTIVE


def test_of_two_moves_at_once_one_counts(stage: Stage) -> None:
    one, administrators = official(stage), [official(stage, NATIONAL, Duty.ADMINISTRATOR) for _ in range(2)]
    with meanwhile(partial(_move, stage, administrators[0], one, NATIONAL)):
        assert _move(stage, administrators[1], one).code == "changed_meanwhile"
    assert officials.official(stage.world, one.id).bureau == NATIONAL
    assert list(officials.all_officials_of(stage.world, HEBEI)) == []


def test_a_decision_meanwhile_outruns_a_withdrawal(stage: Stage) -> None:
    employer = grants.unit(stage)
    case_id, desk = opened(stage, applicant=applicant(employer.id, employer.id)), official(stage)
    with meanwhile(partial(decide, stage, case_id, desk)):
        answered = stage.call("review.withdraw_case", token=employer.token, path={"case_id": case_id})
    assert (answered.status, answered.code) == (409, "case_moved")
    assert store.case(stage.world, case_id).state is CaseState.IN_REVIEW


def test_a_token_that_comes_beside_a_decision_is_kept(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id, desk = opened(stage), official(stage)
    event = {"case": case_id, "round": 1, "attempt": 1, "token": "token-of-a-level"}
    with meanwhile(partial(decide, stage, case_id, desk, "reject")):
        stage.run("review.open_level", event)
    assert workflow.answered == [("token-of-a-level", {"state": "rejected"})]


def test_the_token_of_a_replaced_execution_is_sent_away(stage: Stage, workflow: FakeWorkflow) -> None:
    case_id = opened(stage)
    found = runs.case_and_run(stage.world, case_id)
    assert found is not None
    event = {"case": case_id, "round": 1, "attempt": 1, "token": "token-of-the-former"}
    with meanwhile(partial(runs.replace, found[1])):
        stage.run("review.open_level", event)
    assert workflow.answered == [("token-of-the-former", {"state": "replaced"})]


def _order(stage: Stage, official_id: str) -> None:
    stage.clock.advance(minutes=1)
    change = as_system(stage)
    jobs.order(change, official_id)
    change.commit(None)


def test_an_order_given_meanwhile_is_not_finished(stage: Stage) -> None:
    leaver = official(stage)
    _order(stage, leaver.id)
    with meanwhile(partial(_order, stage, leaver.id)):
        assert stage.run("review.move_work") == {"moved": 0}
    assert jobs.job_of(leaver.id) is not None


def _left_with(stage: Stage, count: int) -> tuple[Desk, list[str]]:
    """Return who left with so many cases that are still to be moved, and the cases in the order in which they are."""
    leaver, cases = official(stage), sorted(opened(stage, subject=f"U{number}") for number in range(count))
    for case_id in cases:
        assert claim(stage, case_id, leaver).status == 200
    _leave(stage, leaver, "disabled")
    _order(stage, leaver.id)
    return leaver, cases


def test_a_case_written_meanwhile_is_looked_at_again(stage: Stage) -> None:
    leaver, (first, second) = _left_with(stage, 2)
    with meanwhile(partial(moved, stage, first)):
        assert stage.run("review.move_work") == {"moved": 1}
    assert (store.case(stage.world, second).claimed_by, jobs.job_of(leaver.id) is None) == (None, False)
    assert stage.run("review.move_work") == {"moved": 1}
    assert (store.case(stage.world, first).claimed_by, jobs.job_of(leaver.id)) == (None, None)


def test_a_case_claimed_meanwhile_stays_claimed(stage: Stage) -> None:
    _, (_, second) = _left_with(stage, 2)
    other = official(stage)
    with meanwhile(partial(claim, stage, second, other)):
        assert stage.run("review.move_work") == {"moved": 1}
    assert store.case(stage.world, second).claimed_by == other.id


def test_a_document_sent_with_two_handovers_is_of_one(stage: Stage) -> None:
    supervisor, heir = official(stage, HANDAN, Duty.SUPERVISOR), official(stage)
    document = a_checked_file(stage, supervisor.id, "red_headed_document")
    bodies = [
        {"from_official_id": official(stage).id, "to_official_id": heir.id, "reason": "岗位调整", "attachments": [document]}
        for _ in range(2)
    ]
    send = partial(stage.call, "review.open_handover", token=supervisor.token)
    with meanwhile(partial(send, bodies[0])):
        answered = send(bodies[1])
    assert (answered.status, answered.code) == (409, "evidence_in_use")


def test_a_round_closed_twice_at_once_takes_effect_once(stage: Stage) -> None:
    case_id = opened(stage)
    decide(stage, case_id, official(stage), "reject")
    close = partial(stage.run, "review.close_round", {"case": case_id, "round": 1, "attempt": 1})
    with meanwhile(close), pytest.raises(CaseMoved):
        close()
    assert [row.template for row in NoticeRow.query("ACCOUNT#A1")] == ["unit_admission_rejected"]
    assert [row.tag for row in AuditRow.query(f"CASE#{case_id}", page_size=100)].count("review:case:concluded") == 1


def test_two_schedules_at_once_remind_once(stage: Stage) -> None:
    desk = official(stage)
    claim(stage, opened(stage), desk)
    stage.clock.advance(days=4)
    with meanwhile(partial(stage.run, "review.remind_officials")):
        stage.run("review.remind_officials")
    assert [row.template for row in NoticeRow.query(f"ACCOUNT#{desk.id}")] == ["case_half"]


def _log_in(stage: Stage, code: str) -> Answered:
    return stage.call("review.log_in_official", {"user_name": "handan_li", "password": PASSWORD, "code": code})


def _enrolled(stage: Stage) -> tuple[str, str, str]:
    """Return the id of an official who has set up his log-in, the present code of his app, and one to recover with."""
    shown = enrol(stage, invited(stage)["enrolment_code"]).json
    row = officials.row_by_name("handan_li")
    assert row is not None
    return (
        officials.id_of(row),
        code_at(shown["totp_secret"], int(stage.clock.now().timestamp()) // STEP_SECONDS),
        shown["recovery_codes"][0],
    )


@pytest.mark.parametrize("by", [1, 2])
def test_a_second_factor_seen_by_two_opens_one_session(stage: Stage, by: int) -> None:
    code = _enrolled(stage)[by]
    first: list[Answered] = []
    with meanwhile(lambda: first.append(_log_in(stage, code))):
        second = _log_in(stage, code)
    assert (first[0].status, second.status, second.code) == (201, 401, "official_login_refused")


def test_who_is_disabled_meanwhile_does_not_get_in(stage: Stage) -> None:
    official_id, code, _ = _enrolled(stage)
    with meanwhile(partial(_leave, stage, Desk(official_id, ""), "disabled")):
        assert _log_in(stage, code).code == "official_login_refused"


def test_an_enrolment_code_seen_by_two_enrols_one(stage: Stage) -> None:
    code = invited(stage)["enrolment_code"]
    first: list[Answered] = []
    with meanwhile(lambda: first.append(enrol(stage, code))):
        second = enrol(stage, code, "Lianhua#Hu5309")
    assert (first[0].status, second.status, second.code) == (201, 410, "enrolment_refused")
    totp = code_at(first[0].json["totp_secret"], int(stage.clock.now().timestamp()) // STEP_SECONDS)
    assert _log_in(stage, totp).status == 201


def test_a_try_beside_another_is_not_judged_uncounted(stage: Stage) -> None:
    _, code, _ = _enrolled(stage)
    with meanwhile(partial(_log_in, stage, "0000000000"), skipped=1, before="UpdateItem"):
        answered = _log_in(stage, code)
    assert (answered.status, answered.code) == (503, "try_again")
    assert _log_in(stage, code).status == 201
