"""Logging out holds for the next request."""

from tests.builders.accounts import a_person, log_in
from tests.stage import Stage


def test_a_session_is_worth_nothing_after_log_out(stage: Stage) -> None:
    made = a_person(stage)
    other = log_in(stage, made.mobile).json["token"]
    assert stage.call("account.log_out", token=made.token).status == 200
    assert stage.call("account.show_account", token=made.token).code == "login_required"
    assert stage.call("account.show_account", token=other).status == 200


def test_nobody_logs_out_who_is_not_in(stage: Stage) -> None:
    assert stage.call("account.log_out").status == 401
