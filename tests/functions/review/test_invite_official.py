"""Who lost his second factor is invited again: the former log-in ends, what he held becomes free."""

import pytest

from expertgate.review.model import Duty
from expertgate.review.store import cases as store
from tests.builders.cases import claim, opened
from tests.builders.officials import NATIONAL, Desk, official
from tests.functions.review.test_enrol_official import PASSWORD
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _invite(stage: Stage, desk: Desk, duty: Duty = Duty.ADMINISTRATOR) -> Answered:
    administrator = official(stage, NATIONAL, duty)
    return stage.call("review.invite_official", token=administrator.token, path={"official_id": desk.id})


def test_the_former_log_in_makes_way(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    invited = _invite(stage, desk).json
    assert stage.call("review.list_queue", token=desk.token).status == 401
    assert store.case(stage.world, case_id).claimed_by is None
    body = {"user_name": invited["user_name"], "enrolment_code": invited["enrolment_code"]}
    enrolled = stage.call("review.enrol_official", {**body, "password": PASSWORD, "password_confirmation": PASSWORD})
    assert enrolled.status == 201
    login = {"user_name": invited["user_name"], "password": PASSWORD, "code": enrolled.json["recovery_codes"][0]}
    assert stage.call("review.log_in_official", login).status == 201


def test_only_an_administrator_invites(stage: Stage) -> None:
    assert _invite(stage, official(stage), Duty.SUPERVISOR).code == "duty_missing"
