"""Changing the mobile: a code of the new one, a proof of the old one or of the password; the old one is told."""

from collections.abc import Callable

import pytest

from expertgate.account.model import Account
from expertgate.notice.store import NoticeRow
from tests.builders import people
from tests.builders.accounts import PASSWORD, Made, a_person, a_unit, code_for, log_in, proof_for
from tests.builders.recoveries import last_letter, last_message, letters
from tests.stage import Answered, Stage

NEW, EMAIL = "13700001111", "li.xiaobo@example.org"


def _change(stage: Stage, made: Made, **body: str) -> Answered:
    code = code_for(stage, "change_mobile", NEW)
    return stage.call("account.change_mobile", {"mobile": NEW, "sms_code": code} | body, token=made.token)


def test_the_new_mobile_logs_in_the_old_no_more(stage: Stage) -> None:
    made = a_person(stage)
    answered = _change(stage, made, current_password=PASSWORD)
    assert (answered.status, answered.json) == (200, {"mobile": "137****1111"})
    assert log_in(stage, NEW).json["account_id"] == made.id
    assert log_in(stage, made.mobile).code == "login_refused"


def test_a_code_of_the_old_mobile_is_a_proof(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(seconds=60)
    old = code_for(stage, "confirm_mobile", made.mobile)
    assert _change(stage, made, old_mobile_code=old).status == 200


def test_the_old_mobile_is_told_how_to_object(stage: Stage) -> None:
    made = a_person(stage)
    _change(stage, made, current_password=PASSWORD)
    told = [row.template for row in NoticeRow.query(f"MOBILE#{stage.world.keys.index('mobile', f'+86{made.mobile}')}")]
    assert "mobile_changed_object" in told
    assert "mobile_changed" in [row.template for row in NoticeRow.query(f"ACCOUNT#{made.id}")]


def test_the_holder_reads_which_mobile_it_is_now(stage: Stage) -> None:
    made = a_person(stage)
    _change(stage, made, current_password=PASSWORD)
    newest = stage.call("notice.list_messages", token=made.token).json["items"][0]
    assert newest["text"] == "您的账号手机号已变更为137****1111。"


@pytest.mark.parametrize("make", [people.a_person, people.a_unit])
def test_a_proven_address_is_told_without_the_code(stage: Stage, make: Callable[..., Account]) -> None:
    holder = make(stage, email=EMAIL, email_proven=True)
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW), "current_password": people.PASSWORD}
    assert stage.call("account.change_mobile", body, token=people.token_of(stage, holder)).status == 200
    assert letters(stage, EMAIL) == ["mobile_changed_letter"]
    assert last_letter(stage, EMAIL, "mobile_changed_letter") == {"mobile": "137****1111"}
    assert holder.mobile
    assert set(last_message(stage, holder.mobile, "mobile_changed_object")) == {"mobile", "code", "days"}


def test_an_address_nobody_proved_hears_nothing(stage: Stage) -> None:
    holder = people.a_person(stage, email=EMAIL)
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW), "current_password": people.PASSWORD}
    assert stage.call("account.change_mobile", body, token=people.token_of(stage, holder)).status == 200
    assert letters(stage, EMAIL) == []


def test_a_freed_mobile_may_be_registered_again(stage: Stage) -> None:
    made = a_person(stage)
    _change(stage, made, current_password=PASSWORD)
    stage.clock.advance(seconds=60)
    assert a_person(stage, 2, mobile=made.mobile).id != made.id


def test_a_mobile_of_another_person_is_refused(stage: Stage) -> None:
    a_person(stage, 2, mobile=NEW)
    made = a_person(stage)
    stage.clock.advance(seconds=60)
    assert (_change(stage, made, current_password=PASSWORD).status, log_in(stage, made.mobile).status) == (409, 201)


def test_a_unit_may_take_a_persons_mobile(stage: Stage) -> None:
    a_person(stage, 2, mobile=NEW)
    stage.clock.advance(seconds=60)
    unit = a_unit(stage)
    assert _change(stage, unit, current_password=PASSWORD).status == 200
    page = stage.call("account.show_account", token=unit.token).json
    assert page["unit"]["main_agent"]["mobile"] == "137****1111"


def test_without_a_proof_nothing_changes(stage: Stage) -> None:
    made = a_person(stage)
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW)}
    assert set(stage.call("account.change_mobile", body, token=made.token).broken.values()) == {"one_proof"}
    both = body | {"current_password": PASSWORD, "old_mobile_code": "123456"}
    assert set(stage.call("account.change_mobile", both, token=made.token).broken.values()) == {"one_proof"}
    wrong = stage.call("account.change_mobile", body | {"current_password": "Wrong12345"}, token=made.token)
    assert wrong.broken == {"current_password": "password_refused"}
    assert log_in(stage, made.mobile).status == 201


@pytest.mark.parametrize("wrong", ["000000", "code of the old mobile"])
def test_the_new_mobile_is_proven_by_its_own_code(stage: Stage, wrong: str) -> None:
    made = a_person(stage)
    stage.clock.advance(seconds=60)
    code = code_for(stage, "change_mobile", made.mobile) if wrong != "000000" else wrong
    code_for(stage, "change_mobile", NEW)
    body = {"mobile": NEW, "sms_code": code, "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=made.token).broken == {"sms_code": "sms_code_wrong"}
    assert log_in(stage, made.mobile).json["account_id"] == made.id


def test_a_code_of_the_new_mobile_is_good_once(stage: Stage) -> None:
    first, second = a_unit(stage), a_unit(stage, 2)
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW), "current_password": PASSWORD}
    answers = [stage.call("account.change_mobile", body, token=one.token) for one in (first, second)]
    assert [(one.status, one.broken if one.status != 200 else {}) for one in answers] == [(200, {}), (422, {"sms_code": "sms_code_wrong"})]


def test_a_main_agents_own_mobile_stays(stage: Stage) -> None:
    unit = people.a_unit(stage)
    assert unit.unit is not None
    assert unit.unit.main_agent is not None
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW), "current_password": people.PASSWORD}
    assert stage.call("account.change_mobile", body, token=people.token_of(stage, unit)).status == 200
    now = people.again(stage, unit)
    assert now.unit is not None
    assert (now.mobile, now.unit.main_agent) == (f"+86{NEW}", unit.unit.main_agent)


def test_without_an_old_mobile_its_code_proves_nothing(stage: Stage) -> None:
    holder = people.a_person(stage, mobile=None)
    body = {"mobile": NEW, "sms_code": code_for(stage, "change_mobile", NEW), "old_mobile_code": "123456"}
    answered = stage.call("account.change_mobile", body, token=people.token_of(stage, holder))
    assert (answered.broken, people.again(stage, holder).mobile) == ({"old_mobile_code": "no_old_mobile"}, None)


def test_a_code_of_the_wrong_purpose_is_no_proof(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(seconds=60)
    old = code_for(stage, "change_mobile", made.mobile)
    assert _change(stage, made, old_mobile_code=old).code == "sms_code_wrong"


def test_the_present_mobile_is_no_new_one(stage: Stage) -> None:
    made = a_person(stage)
    body = {"mobile": made.mobile, "sms_code": "123456", "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=made.token).broken == {"mobile": "mobile_unchanged"}


def test_a_proof_stands_for_the_code(stage: Stage) -> None:
    made = a_person(stage)
    body = {"mobile": NEW, "sms_code": proof_for(stage, "change_mobile", NEW), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=made.token).status == 200
    assert log_in(stage, NEW).json["account_id"] == made.id
