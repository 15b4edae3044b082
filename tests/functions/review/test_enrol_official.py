"""An official sets up password and second factor himself, once, with the administrator's code."""

from typing import Any

import pytest

from expertgate.review.model import Duty
from tests.builders.audits import facts_of
from tests.builders.officials import NATIONAL, official
from tests.functions.review.test_create_official import LI
from tests.stage import Answered, Stage

PASSWORD = "Baihe#Qiao7421"


def invited(stage: Stage) -> dict[str, Any]:
    """Name an official and return what the administrator hands over."""
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    answer: dict[str, Any] = stage.call("review.create_official", LI, token=administrator.token).json
    return answer


def enrol(stage: Stage, code: str, password: str = PASSWORD, **changed: str) -> Answered:
    """Set up the log-in."""
    body = {"user_name": LI["user_name"], "enrolment_code": code, "password": password, "password_confirmation": password, **changed}
    return stage.call("review.enrol_official", body)


def test_the_second_factor_is_shown_once(stage: Stage) -> None:
    code = invited(stage)["enrolment_code"]
    answered = enrol(stage, code)
    assert answered.status == 201
    assert answered.json["totp_uri"].startswith("otpauth://totp/ExpertGate%3Ahandan_li?secret=")
    assert len(set(answered.json["recovery_codes"])) == 10
    again = enrol(stage, code)
    assert (again.status, again.code) == (410, "enrolment_refused")


def test_a_wrong_code_and_a_wrong_name_answer_alike(stage: Stage) -> None:
    code = invited(stage)["enrolment_code"]
    answers = [enrol(stage, "A" * 43), enrol(stage, code, user_name="nobody_at_all")]
    assert [(one.status, one.code) for one in answers] == [(410, "enrolment_refused")] * 2


def test_a_code_ends_after_three_days(stage: Stage) -> None:
    code = invited(stage)["enrolment_code"]
    stage.clock.advance(days=3)
    assert enrol(stage, code).code == "enrolment_refused"


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Short1a", "password_length"),
        ("handan_li#A1b", "password_own"),
        ("Qw#zt138001Kx", "password_own"),
        ("Qw#zt123456Kx", "password_own"),
        ("alllowercase77", "password_upper"),
    ],
)
def test_a_poor_password_is_refused_and_the_code_kept(stage: Stage, password: str, rule: str) -> None:
    code = invited(stage)["enrolment_code"]
    assert enrol(stage, code, password).broken == {"password": rule}
    assert enrol(stage, code).status == 201


def test_a_password_typed_differently_keeps_the_code(stage: Stage) -> None:
    code = invited(stage)["enrolment_code"]
    assert enrol(stage, code, password_confirmation="Baihe#Qiao7422").broken == {"password_confirmation": "password_differs"}
    assert enrol(stage, code).status == 201


def test_an_invitation_ends_with_its_official(stage: Stage) -> None:
    shown = invited(stage)
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    assert stage.call("review.disable_official", token=administrator.token, path={"official_id": shown["id"]}).status == 200
    answered = enrol(stage, shown["enrolment_code"])
    assert (answered.status, answered.code) == (410, "enrolment_refused")


def test_setting_up_a_log_in_is_on_record(stage: Stage) -> None:
    shown = invited(stage)
    enrol(stage, shown["enrolment_code"])
    assert facts_of(f"OFFICIAL#{shown['id']}", "review:official:enrolled") == [{}]
