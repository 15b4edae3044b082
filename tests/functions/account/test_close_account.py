"""Closing an account that is not bound: wiped, logged out, its mobile and number free again."""

from expertgate.account.store import AccountRow, account, password_of
from tests.builders.accounts import PASSWORD, a_person, a_unit, an_app_person, log_in, register_person
from tests.stage import Stage


def test_a_closed_account_is_wiped_and_shut(stage: Stage) -> None:
    made = an_app_person(stage)
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token).status == 201
    assert stage.call("account.show_account", token=made.token).code == "login_required"
    assert log_in(stage, made.mobile).code == "login_refused"
    kept = account(stage.world, made.id)
    assert kept is not None
    assert (kept.status, kept.mobile, kept.name) == ("closed", None, None)
    assert password_of(made.id) is None


def test_what_was_held_is_free_again(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token).status == 201
    stage.clock.advance(seconds=60)
    assert register_person(stage, made.form).status == 201


def test_a_bound_account_cannot_be_closed(stage: Stage) -> None:
    for made in (a_person(stage), a_unit(stage)):
        answered = stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token)
        assert (answered.status, answered.code) == (409, "document_bound")
        assert stage.call("account.show_account", token=made.token).json["status"] == "active"


def test_closing_needs_the_password(stage: Stage) -> None:
    made = an_app_person(stage)
    answered = stage.call("account.close_account", {"current_password": "Wrong12345"}, token=made.token)
    assert answered.broken == {"current_password": "password_refused"}
    row = AccountRow.find(f"ACCOUNT#{made.id}")
    assert row is not None
    assert row.status == "active"
