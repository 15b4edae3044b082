"""A supervisor puts a case into the hands of somebody who may decide it."""

import pytest

from expertgate.notice.model import Delivery
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.review.model import Duty
from expertgate.review.store.holdings import held_by
from tests.builders import grants
from tests.builders.cases import applicant, claim, decide, opened
from tests.builders.notices import told
from tests.builders.officials import HANDAN, HEBEI, Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _assign(stage: Stage, case_id: str, to: Desk, bureau: str = HANDAN, duty: Duty = Duty.SUPERVISOR) -> Answered:
    supervisor = official(stage, bureau, duty)
    return stage.call("review.assign_case", {"official_id": to.id}, token=supervisor.token, path={"case_id": case_id})


def test_a_case_goes_from_hand_to_hand(stage: Stage) -> None:
    case_id, former, latter = opened(stage), official(stage), official(stage)
    claim(stage, case_id, former)
    assert _assign(stage, case_id, latter).status == 200
    assert (list(held_by(former.id)), list(held_by(latter.id))) == ([], [case_id])
    assert decide(stage, case_id, latter).status == 201
    assert list(held_by(latter.id)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "办件 {} 已由主管人员分配给您，审核时限至2026-03-09，请及时办理。"),
        ("en", "Case {} was assigned to you; decide it by 2026-03-09."),
    ],
)
def test_who_is_given_a_case_is_told_at_once(stage: Stage, language: str, text: str) -> None:
    case_id, desk = opened(stage), official(stage)
    assert _assign(stage, case_id, desk).status == 200
    messages = stage.call("notice.list_messages", token=desk.token, language=language).json
    assert ([one["text"] for one in messages["items"]], messages["unread"]) == ([text.format(case_id)], 1)
    assert [row.delivery for row in NoticeRow.query(f"ACCOUNT#{desk.id}")] == [Delivery.NOT_BY_SMS]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "办件 {} 已由主管人员转交他人办理，不再由您办理。"),
        ("en", "A supervisor gave case {} to somebody else; it is no longer yours."),
    ],
)
def test_whom_a_case_is_taken_from_is_told(stage: Stage, language: str, text: str) -> None:
    case_id, former, latter = opened(stage), official(stage), official(stage)
    claim(stage, case_id, former)
    assert _assign(stage, case_id, latter).status == 200
    messages = stage.call("notice.list_messages", token=former.token, language=language).json
    assert ([one["text"] for one in messages["items"]], messages["unread"]) == ([text.format(case_id)], 1)
    assert (told(former.id), told(latter.id)) == (["case_taken"], ["case_assigned"])
    assert [row.delivery for row in NoticeRow.query(f"ACCOUNT#{former.id}")] == [Delivery.NOT_BY_SMS]


def test_who_gives_away_his_own_case_is_not_told(stage: Stage) -> None:
    case_id, both, latter = opened(stage), official(stage, HANDAN, Duty.SUPERVISOR, Duty.REVIEWER), official(stage)
    claim(stage, case_id, both)
    answered = stage.call("review.assign_case", {"official_id": latter.id}, token=both.token, path={"case_id": case_id})
    assert (answered.status, told(both.id), told(latter.id)) == (200, [], ["case_assigned"])


def test_who_takes_a_case_to_himself_tells_its_holder(stage: Stage) -> None:
    case_id, former, both = opened(stage), official(stage), official(stage, HANDAN, Duty.SUPERVISOR, Duty.REVIEWER)
    claim(stage, case_id, former)
    answered = stage.call("review.assign_case", {"official_id": both.id}, token=both.token, path={"case_id": case_id})
    assert (answered.status, told(former.id), told(both.id)) == (200, ["case_taken"], [])


@pytest.mark.parametrize("key", ["assign-0001", None])
def test_the_same_assignment_again_changes_and_tells_nothing(stage: Stage, key: str | None) -> None:
    case_id, former, desk, supervisor = opened(stage), official(stage), official(stage), official(stage, HANDAN, Duty.SUPERVISOR)
    claim(stage, case_id, former)
    answers = [
        stage.call("review.assign_case", {"official_id": desk.id}, token=supervisor.token, path={"case_id": case_id}, key=key)
        for _ in range(2)
    ]
    assert (answers[0].status, answers[0].json) == (answers[1].status, answers[1].json)
    assert (told(desk.id), told(former.id)) == (["case_assigned"], ["case_taken"])
    assert [row.tag for row in AuditRow.query(f"CASE#{case_id}")].count("review:case:reassigned") == 1


def test_who_holds_a_case_keeps_what_he_looked_at(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    seen = claim(stage, case_id, desk).json
    assert _assign(stage, case_id, desk).json["version"] == seen["version"]
    assert told(desk.id) == []


def test_who_gives_himself_a_case_is_not_told(stage: Stage) -> None:
    case_id, both = opened(stage), official(stage, HANDAN, Duty.SUPERVISOR, Duty.REVIEWER)
    answered = stage.call("review.assign_case", {"official_id": both.id}, token=both.token, path={"case_id": case_id})
    assert (answered.status, told(both.id)) == (200, [])


def test_a_refused_assignment_tells_nobody(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage, HEBEI)
    assert _assign(stage, case_id, desk).code == "case_elsewhere"
    assert told(desk.id) == []


def test_who_may_not_decide_gets_no_case(stage: Stage) -> None:
    case_id, applicant = opened(stage), official(stage, HANDAN, mobile="13800138000")
    assert _assign(stage, case_id, applicant).code == "own_case"
    assert _assign(stage, case_id, official(stage, HEBEI)).code == "case_elsewhere"


def test_another_bureaus_supervisor_assigns_nothing(stage: Stage) -> None:
    assert _assign(stage, opened(stage), official(stage), HEBEI).code == "case_elsewhere"


def test_a_reviewer_assigns_nothing(stage: Stage) -> None:
    answered = _assign(stage, opened(stage), official(stage), duty=Duty.REVIEWER)
    assert (answered.status, answered.code) == (403, "duty_missing")


@pytest.mark.parametrize(("is_agent", "code"), [(True, "own_case"), (False, "ok")])
def test_nobody_is_given_a_case_of_his_unit(stage: Stage, is_agent: bool, code: str) -> None:
    employer, agent = grants.opened(stage, grants.unit(stage)), grants.person(stage)
    if is_agent:
        grants.bound(stage, employer, agent)
    case_id = opened(stage, subject=employer.id, applicant=applicant(employer.id, employer.id))
    given = _assign(stage, case_id, official(stage, document=grants.document_of(1)))
    assert given.json.get("code", "ok") == code
