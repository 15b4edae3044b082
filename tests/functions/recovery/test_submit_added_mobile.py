"""A reserved mobile for an account that has none: the stamped application, an operator, then the usual ways are open."""

from typing import Any

import pytest

from expertgate.account.model import Account
from expertgate.account.store import person_by_mobile
from expertgate.review.store import cases
from expertgate.settings import LIMITS
from tests.builders.cases import FakeWorkflow
from tests.builders.people import NUMBERS, PASSWORD, a_person, a_unit, again, token_of
from tests.builders.recoveries import NEW_PASSWORD, Traveller, attached, begin, code_for, decided, last_message, messages, told
from tests.stage import Stage

FILES = ("stamped_application", "id_portrait", "id_emblem")


@pytest.fixture
def legacy(stage: Stage, workflow: FakeWorkflow) -> Account:
    assert workflow.started == []
    return a_person(stage, user_name="WGZJXM_handan01", name=None, document=None, mobile=None)


def proven(stage: Stage, mobile: str | None = None) -> tuple[Traveller, str]:
    number = mobile or "+86" + NUMBERS.mobile()
    recovery = begin(stage, "added_mobile", mobile=number)
    assert recovery.prove(number, "add_mobile").status == 200
    return recovery, number


def form(recovery: Traveller, **changed: Any) -> dict[str, Any]:
    said = {"login_name": "handan01", "reason": "注册人离职", "name": "李晓波", "document_number": NUMBERS.resident_id()}
    return {**said, "unit_name": "邯郸市丛台精密仪器有限公司", **attached(recovery, *FILES), **changed}


def test_the_added_mobile_opens_a_reset(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    answered = recovery.call("submit_added_mobile", form(recovery))
    assert answered.status == 202, answered.text
    decided(stage, answered.json["case"]["case_id"])
    assert again(stage, legacy).mobile == mobile
    assert last_message(stage, mobile, "added_mobile_approved") == {}
    reset = begin(stage, "person_password_by_login_name", login_name="handan01")
    assert reset.prove(mobile).json["next"]["step"] == "set_password"
    assert reset.set_password(NEW_PASSWORD).status == 200


def test_the_official_reads_all_that_was_sent(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    body = form(recovery)
    case_id = recovery.call("submit_added_mobile", body).json["case"]["case_id"]
    files = {one: body.pop(one) for one in FILES}
    expected = {**body, "attachments": files, "account_id": legacy.id, "mobile": mobile}
    assert cases.round_of(stage.world, case_id, 1).form == expected


def test_a_unit_may_have_the_mobile_of_a_person(stage: Stage, workflow: FakeWorkflow) -> None:
    unit, person = a_unit(stage, mobile=None), a_person(stage)
    recovery, mobile = proven(stage, person.mobile)
    answered = recovery.call("submit_added_mobile", form(recovery, login_name=unit.user_name))
    assert (answered.status, len(workflow.started)) == (202, 1)
    decided(stage, answered.json["case"]["case_id"])
    assert (again(stage, unit).mobile, again(stage, person).mobile) == (mobile, mobile)


def test_a_returned_application_is_corrected(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    body = form(recovery)
    case_id = recovery.call("submit_added_mobile", body).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "attachments.stamped_application", "text": "未盖公章"}])
    assert recovery.call("submit_added_mobile", body | attached(recovery, "stamped_application")).status == 202
    decided(stage, case_id, round_number=2)
    assert again(stage, legacy).mobile == mobile


def test_a_returned_application_gives_way_to_a_new_one(stage: Stage, legacy: Account) -> None:
    lost, old_mobile = proven(stage)
    case_id = lost.call("submit_added_mobile", form(lost)).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "attachments.stamped_application", "text": "未盖公章"}])
    stage.clock.advance(days=31)
    recovery, mobile = proven(stage)
    anew = recovery.call("submit_added_mobile", form(recovery))
    assert (anew.status, last_message(stage, old_mobile, "application_replaced")) == (202, {})
    decided(stage, anew.json["case"]["case_id"])
    assert again(stage, legacy).mobile == mobile


def test_a_rejected_application_adds_nothing(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_added_mobile", form(recovery)).json["case"]["case_id"]
    decided(stage, case_id, "reject", reason="未盖公章")
    assert again(stage, legacy).mobile is None
    assert last_message(stage, mobile, "added_mobile_rejected") == {"reason": "未盖公章"}
    assert recovery.show().json["case"]["reason"] == "未盖公章"


def test_a_mobile_taken_meanwhile_is_told(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_added_mobile", form(recovery)).json["case"]["case_id"]
    a_person(stage, mobile=mobile)
    decided(stage, case_id)
    assert again(stage, legacy).mobile is None
    assert last_message(stage, mobile, "added_mobile_taken") == {}
    assert told(stage, recovery.id) == []


@pytest.mark.parametrize(("is_asked", "said"), [(True, "added_mobile_approved"), (False, "added_mobile_needless")])
def test_a_mobile_there_meanwhile_stays_and_is_told(stage: Stage, legacy: Account, is_asked: bool, said: str) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_added_mobile", form(recovery)).json["case"]["case_id"]
    own = mobile if is_asked else "+86" + NUMBERS.mobile()
    stage.clock.advance(seconds=61)
    request = {"mobile": own, "sms_code": code_for(stage, own, "change_mobile"), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", request, token=token_of(stage, legacy)).status == 200
    decided(stage, case_id)
    assert (again(stage, legacy).mobile, last_message(stage, mobile, said)) == (own, {})


def test_a_rejection_is_told_once_of_a_closed_account(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_added_mobile", form(recovery)).json["case"]["case_id"]
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=token_of(stage, legacy)).status == 201
    decided(stage, case_id, "reject", reason="公章不清晰")
    assert sorted(messages(stage, mobile)) == ["added_mobile_rejected", "sms_code"]


def test_an_account_closed_meanwhile_takes_no_mobile(stage: Stage, legacy: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_added_mobile", form(recovery)).json["case"]["case_id"]
    closed = stage.call("account.close_account", {"current_password": PASSWORD}, token=token_of(stage, legacy))
    assert closed.status == 201
    decided(stage, case_id)
    assert again(stage, legacy).mobile is None
    assert last_message(stage, mobile, "application_account_closed") == {}
    assert person_by_mobile(stage.world, mobile) is None


def test_another_persons_mobile_is_refused(stage: Stage, legacy: Account) -> None:
    other = a_person(stage)
    recovery, _ = proven(stage, other.mobile)
    assert recovery.call("submit_added_mobile", form(recovery)).code == "mobile_registered"
    assert again(stage, legacy).mobile is None


def test_an_account_with_mobile_uses_that(stage: Stage, workflow: FakeWorkflow) -> None:
    a_person(stage, user_name="handan01")
    recovery, _ = proven(stage)
    assert recovery.call("submit_added_mobile", form(recovery)).code == "recovered_account_has_mobile"
    assert workflow.started == []


def test_an_unknown_account_is_told_so(stage: Stage, legacy: Account) -> None:
    recovery, _ = proven(stage)
    assert legacy.mobile is None
    assert recovery.call("submit_added_mobile", form(recovery, login_name="nobody_99")).code == "recovered_account_unknown"


def test_the_application_must_be_a_pdf(stage: Stage, legacy: Account) -> None:
    recovery, _ = proven(stage)
    body = {"purpose": "stamped_application", "file_name": "申请.jpg", "media_type": "image/jpeg"}
    assert legacy.mobile is None
    assert recovery.call("request_recovery_upload", body).broken == {"media_type": "pdf_format"}


def test_an_application_is_not_a_way_to_ask(stage: Stage, legacy: Account) -> None:
    assert legacy.mobile is None
    recovery, _ = proven(stage)
    body = form(recovery, login_name="nobody_at_all")
    for _ in range(LIMITS.recoveries_per_target_an_hour):
        assert recovery.call("submit_added_mobile", body).status == 404
    assert recovery.call("submit_added_mobile", body).code == "too_many_recoveries"


@pytest.mark.parametrize("kind", ["person_appeal", "unit_appeal"])
def test_an_appeal_adds_no_mobile(stage: Stage, legacy: Account, kind: str) -> None:
    assert legacy.mobile is None
    mobile = "+86" + NUMBERS.mobile()
    recovery = begin(stage, kind, mobile=mobile)
    assert recovery.prove(mobile, "appeal").status == 200
    assert recovery.call("submit_added_mobile", form(recovery)).code == "recovery_step_wrong"
