"""Changing the password: proven by the present one, refused by the rule it breaks, all other sessions ended."""

import pytest

from expertgate.notice.store import NoticeRow
from expertgate.settings import LIMITS
from tests.builders.accounts import PASSWORD, Made, a_person, log_in
from tests.stage import Answered, Stage

NEW = "Wv8nTqrx3Ycd"


def _change(stage: Stage, made: Made, new: str = NEW, current: str = PASSWORD, **request: object) -> Answered:
    body = {"current_password": current, "password": new, "password_confirmation": new}
    return stage.call("account.change_password", body, token=made.token, **request)


def test_other_sessions_end_this_one_stays(stage: Stage) -> None:
    made = a_person(stage)
    other = log_in(stage, made.mobile).json["token"]
    assert _change(stage, made).status == 200
    assert stage.call("account.show_account", token=made.token).status == 200
    assert stage.call("account.show_account", token=other).code == "login_required"
    assert (log_in(stage, made.mobile).code, log_in(stage, made.mobile, NEW).status) == ("login_refused", 201)
    assert "password_changed" in [row.template for row in NoticeRow.query(f"ACCOUNT#{made.id}")]


def test_a_wrong_present_password_changes_nothing(stage: Stage) -> None:
    made = a_person(stage)
    answered = _change(stage, made, current="Wrong12345")
    assert (answered.status, answered.broken) == (422, {"current_password": "password_refused"})
    assert log_in(stage, made.mobile).status == 201


def test_guessing_the_present_password_is_limited(stage: Stage) -> None:
    made = a_person(stage)
    for _ in range(10):
        assert _change(stage, made, current="Wrong12345").code == "password_refused"
    assert _change(stage, made).status == 429
    stage.clock.advance(minutes=20)
    assert stage.call("account.show_account", token=made.token).status == 200


def test_the_right_present_password_is_not_counted(stage: Stage) -> None:
    made = a_person(stage)
    for number in range(LIMITS.password_proofs_an_hour + 1):
        body = {"current_password": PASSWORD, "email": f"p{number}@example.org", "email_code": "000000"}
        assert stage.call("account.confirm_email", body, token=made.token).broken == {"email_code": "email_code_wrong"}
    assert _change(stage, made).status == 200


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        (PASSWORD, "password_unchanged"),
        ("Ab1cdef", "password_length"),
        ("Ab1" * 7, "password_length"),
        ("abcdefg12", "password_upper"),
        ("ABCDEFG12", "password_lower"),
        ("Abcdefghi", "password_digit"),
        ("Qk7mZrtw。2", "password_punctuation"),
        ("Zhangwei1990", "password_common"),
        ("Aa123456789", "password_common"),
    ],
)
def test_the_broken_rule_is_named(stage: Stage, new: str, rule: str) -> None:
    assert _change(stage, a_person(stage), new).broken == {"password": rule}


def test_own_data_in_a_password_is_refused(stage: Stage) -> None:
    made = a_person(stage)
    assert _change(stage, made, f"Qz{made.mobile[-8:]}wX").broken == {"password": "password_own"}


def test_both_entries_must_be_equal(stage: Stage) -> None:
    made = a_person(stage)
    body = {"current_password": PASSWORD, "password": NEW, "password_confirmation": NEW + "x"}
    assert stage.call("account.change_password", body, token=made.token).broken == {"password_confirmation": "password_differs"}


def test_a_stranger_changes_no_password(stage: Stage) -> None:
    body = {"current_password": PASSWORD, "password": NEW, "password_confirmation": NEW}
    assert stage.call("account.change_password", body).code == "login_required"
