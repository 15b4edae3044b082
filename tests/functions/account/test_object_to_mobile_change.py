"""Objecting to a change of mobile: the old one is back, sessions end, the password somebody else knows is void."""

from dataclasses import replace

import pytest

from expertgate.account import store
from expertgate.account.tickets import ObjectionRow, objection_key
from expertgate.forms.masks import mask_mobile
from expertgate.notice.store import NoticeRow
from expertgate.settings import LIMITS
from tests.builders.accounts import PASSWORD, Made, a_person, a_unit, code_for, log_in, person_form, register_person
from tests.builders.grants import mobiles_told
from tests.builders.recoveries import email_code_for
from tests.stage import Answered, Stage

NEW = "13700001111"
EMAIL = "thief@example.org"


def _changed(stage: Stage) -> tuple[Made, str]:
    """Let somebody change a mobile; return the account and the code that came to the old one."""
    made = a_person(stage)
    return made, _change(stage, made, made.mobile, NEW)


def _change(stage: Stage, made: Made, old: str, new: str) -> str:
    body = {"mobile": new, "sms_code": code_for(stage, "change_mobile", new), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=made.token).status == 200
    rows = NoticeRow.query(f"MOBILE#{stage.world.keys.index('mobile', f'+86{old}')}")
    (told,) = [row for row in rows if row.template == "mobile_changed_object"]
    return str(told.unseal(stage.world.keys)["facts"]["code"])


def _object(stage: Stage, code: str) -> Answered:
    return stage.call("account.object_to_mobile_change", {"objection_code": code})


def test_the_old_mobile_is_back_and_all_sessions_end(stage: Stage) -> None:
    made, code = _changed(stage)
    answered = _object(stage, f"{code[:10]} {code[10:]}")
    assert (answered.status, answered.json["next"]) == (201, "recover_password")
    assert stage.call("account.show_account", token=made.token).code == "login_required"
    assert {log_in(stage, one).code for one in (made.mobile, NEW)} == {"login_refused"}


def test_an_objection_voids_the_proof_of_an_address(stage: Stage) -> None:
    made, code = _changed(stage)
    body = {"email": EMAIL, "email_code": email_code_for(stage, EMAIL, "confirm_email"), "current_password": PASSWORD}
    assert stage.call("account.confirm_email", body, token=made.token).status == 200
    _object(stage, code)
    account = store.account(stage.world, made.id)
    assert account is not None
    assert (account.email, account.proven_email) == (EMAIL, None)


def test_an_objection_is_good_once(stage: Stage) -> None:
    _, code = _changed(stage)
    _object(stage, code)
    assert (_object(stage, code).status, _object(stage, code).code) == (410, "objection_gone")


def test_an_objection_is_too_late_after_three_days(stage: Stage) -> None:
    made, code = _changed(stage)
    stage.clock.advance(days=3)
    assert _object(stage, code).code == "objection_gone"
    assert log_in(stage, NEW).json["account_id"] == made.id


def test_a_mobile_taken_meanwhile_stays_with_its_holder(stage: Stage) -> None:
    made, code = _changed(stage)
    stage.clock.advance(seconds=60)
    other = a_person(stage, 2, mobile=made.mobile)
    answered = _object(stage, code)
    assert (answered.json["mobile"], answered.json["next"]) == (None, "appeal")
    assert log_in(stage, made.mobile).json["account_id"] == other.id
    assert log_in(stage, NEW).code == "login_refused"


def test_who_has_the_old_mobile_again_keeps_it(stage: Stage) -> None:
    made, code = _changed(stage)
    stage.clock.advance(minutes=1)
    _change(stage, made, NEW, made.mobile)
    answered = _object(stage, code)
    assert (answered.json["mobile"], answered.json["next"]) == (mask_mobile(f"+86{made.mobile}"), "recover_password")


def test_a_unit_shares_its_old_mobile_with_a_person(stage: Stage) -> None:
    unit = a_unit(stage)
    code = _change(stage, unit, unit.mobile, NEW)
    stage.clock.advance(minutes=1)
    a_person(stage, 2, mobile=unit.mobile)
    assert _object(stage, code).json["mobile"] == mask_mobile(f"+86{unit.mobile}")
    assert log_in(stage, unit.mobile).status == 201  # the person's
    account = store.account(stage.world, unit.id)
    assert account is not None
    assert account.mobile == f"+86{unit.mobile}"


def test_the_old_mobile_hears_that_it_is_back(stage: Stage) -> None:
    made, code = _changed(stage)
    _object(stage, code)
    assert mobiles_told(stage, made.id, "mobile_change_undone") == [f"+86{made.mobile}"]


def test_each_mobile_belongs_to_its_holder_again(stage: Stage) -> None:
    made, code = _changed(stage)
    _object(stage, code)
    stage.clock.advance(seconds=60)
    assert a_person(stage, 2, mobile=NEW).id != made.id
    assert register_person(stage, person_form(3, mobile=made.mobile)).code == "mobile_registered"


def test_an_objection_is_forgotten_after_its_time(stage: Stage) -> None:
    _, code = _changed(stage)
    row = ObjectionRow.find(objection_key(code))
    assert row is not None
    assert row.expires == row.ends == stage.clock.now().timestamp() + LIMITS.objection_life


def test_no_ticket_of_before_sets_a_password(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(days=364, hours=23)
    token = log_in(stage, made.mobile).json["token"]
    code = _change(stage, replace(made, token=token), made.mobile, NEW)
    stage.clock.advance(hours=2)
    ticket = log_in(stage, NEW).json["facts"]["ticket"]
    _object(stage, code)
    body = {"ticket": ticket, "password": "Wm4kTrpz9Yc", "password_confirmation": "Wm4kTrpz9Yc"}
    assert stage.call("account.set_password", body).code == "ticket_gone"


def test_a_guessed_code_changes_nothing(stage: Stage) -> None:
    made, _ = _changed(stage)
    assert _object(stage, "0" * 20).code == "objection_gone"
    assert stage.call("account.show_account", token=made.token).status == 200


@pytest.mark.parametrize("thief_first", [True, False])
def test_the_older_objection_wins(stage: Stage, thief_first: bool) -> None:
    made, owners = _changed(stage)
    stage.clock.advance(minutes=1)
    thiefs = _change(stage, made, NEW, "13700002222")
    stage.clock.advance(minutes=1)
    if thief_first:
        assert _object(stage, thiefs).json["mobile"] == "137****1111"
        stage.clock.advance(minutes=1)
    assert _object(stage, owners).json["mobile"] == f"{made.mobile[:3]}****{made.mobile[-4:]}"
    assert _object(stage, thiefs).code == "objection_gone"
