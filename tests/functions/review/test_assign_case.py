"""A supervisor puts a case into the hands of somebody who may decide it."""

import pytest

from expertgate.review.model import Duty
from expertgate.review.store.holdings import held_by
from tests.builders import grants
from tests.builders.cases import applicant, claim, decide, opened
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
