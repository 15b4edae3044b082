"""Closing an account that is not bound: wiped, logged out, its mobile and number free again."""

import pytest

from expertgate.account.model import RealName
from expertgate.account.store import AccountRow, account, password_of
from expertgate.account.suspensions import place_of
from expertgate.outbound.rows import read_together
from expertgate.outbound.standing import StandingRow, standing_key
from tests.builders.accounts import PASSWORD, a_person, a_unit, an_app_person, log_in, register_person
from tests.builders.audits import facts_of
from tests.builders.people import PASSWORD as THEIR_PASSWORD
from tests.builders.people import a_person as somebody
from tests.builders.people import token_of
from tests.builders.recoveries import letters, messages
from tests.functions.account.test_suspend_account import deeds, reinstate, suspend
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


def test_a_closing_is_told_and_on_record(stage: Stage) -> None:
    made = an_app_person(stage)
    before = account(stage.world, made.id)
    assert before is not None
    assert before.mobile is not None
    stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token)
    after = account(stage.world, made.id)
    assert after is not None
    assert messages(stage, before.mobile).count("account_closed") == 1
    assert facts_of(f"ACCOUNT#{made.id}", "account:account:closed") == [{}]
    assert after.consents == before.consents != ()


def test_what_was_held_is_free_again(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token).status == 201
    stage.clock.advance(seconds=60)
    assert register_person(stage, made.form).status == 201


@pytest.mark.parametrize("is_proven", [True, False])
def test_only_a_proven_address_hears_of_it(stage: Stage, is_proven: bool) -> None:
    holder = somebody(stage, email="li@example.org", email_proven=is_proven, real_name=RealName.UNCHECKED)
    answered = stage.call("account.close_account", {"current_password": THEIR_PASSWORD}, token=token_of(stage, holder))
    assert (answered.status, letters(stage, "li@example.org")) == (201, ["account_closed"] if is_proven else [])


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


def test_a_unit_that_failed_its_check_closes(stage: Stage) -> None:
    made = a_unit(stage, uscc="91130400FB160D029X", unit_name="邯郸市换帅实业有限公司")
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token).status == 201
    assert log_in(stage, made.login_name, kind="unit").code == "login_refused"
    (standing,) = read_together(standing_key(made.id))
    assert isinstance(standing, StandingRow)
    assert (standing.epoch, standing.reason) == (1, "closed")


def test_what_was_stated_of_a_suspension_is_wiped(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    suspend(stage, made.id)
    reinstate(stage, made.id)
    assert read_together(place_of(made.id)) != [None]
    token = log_in(stage, made.mobile).json["token"]
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=token).status == 201
    assert read_together(place_of(made.id)) == [None]
    assert sorted(deeds(stage, made.id)) == ["account:account:reinstated", "account:account:suspended"]
