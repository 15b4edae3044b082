"""An appeal of who finds his document bound to an account under another name, or under none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from expertgate.account.model import Account, EmailState, RealName, RealPerson, SocialCardData
from tests.builders.accounts import log_in
from tests.builders.audits import facts_of
from tests.builders.cases import FakeWorkflow
from tests.builders.people import NUMBERS, PASSWORD, a_person, a_verified_person, again, held, token_of
from tests.builders.recoveries import NEW_PASSWORD, Traveller, begin, code_for, decided, last_message, messages, told
from tests.functions.recovery.test_start_recovery import named
from tests.functions.recovery.test_submit_person_appeal import form, proven
from tests.stage import Answered, Stage

NAME = "王建国"


@pytest.fixture
def squatted(stage: Stage, workflow: FakeWorkflow) -> Account:
    """Return an account under another's number, which the register did not confirm."""
    assert workflow.started == []
    return a_person(
        stage, name="冒名者", real_name=RealName.FAILED, email="stranger@example.org", email_proven=True, landline="0310-3234567"
    )


def appealed(recovery: Traveller, account: Account, **changed: Any) -> Answered:
    said = {"reason": "document_bound"} | changed
    return recovery.call("submit_person_appeal", form(recovery, replace(account, name=NAME), **said))


def approved(stage: Stage, account: Account, own: str | None = None, **changed: Any) -> str:
    recovery, mobile = proven(stage, own)
    answered = appealed(recovery, account, **changed)
    assert answered.status == 202, answered.text
    decided(stage, answered.json["case"]["case_id"])
    return mobile


def test_the_holder_gets_the_account_of_his_document(stage: Stage, squatted: Account) -> None:
    mobile = approved(stage, squatted)
    assert squatted.document
    begun = begin(
        stage, "one_time_code", login_name=squatted.document.number, one_time_code=last_message(stage, mobile, "appeal_approved")["code"]
    )
    assert begun.set_password(NEW_PASSWORD).status == 200
    token = log_in(stage, mobile, NEW_PASSWORD).json["token"]
    shown = stage.call("account.show_account", token=token).json
    assert (shown["name"], shown["real_name"], shown["email_state"], shown["landline"]) == ("王*国", "unchecked", EmailState.NONE, None)
    assert "consent_to_agreements" in shown["missing"]


def test_of_the_document_only_type_and_number_stay(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    bare = held(NUMBERS.resident_id())
    card = SocialCardData("A12345678", "6222020000000000000", "河北省")
    said = replace(bare, valid_from=date(2020, 3, 1), valid_to=date(2040, 3, 1), social_card=card)
    account = a_person(stage, name="冒名者", real_name=RealName.FAILED, document=said)
    approved(stage, account)
    assert again(stage, account).document == bare
    assert facts_of(f"ACCOUNT#{account.id}", "account:holder:replaced") == [{}]


def test_the_mobile_it_had_stays_if_proven(stage: Stage, squatted: Account) -> None:
    approved(stage, squatted, squatted.mobile)
    assert again(stage, squatted).mobile == squatted.mobile


def test_a_name_confirmed_meanwhile_keeps_the_account(stage: Stage, squatted: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = appealed(recovery, squatted).json["case"]["case_id"]
    assert stage.call("identity.check_real_name", token=token_of(stage, squatted)).status == 200
    assert again(stage, squatted).real_name is RealName.PASSED
    decided(stage, case_id)
    assert [one for one in messages(stage, mobile) if one.startswith("appeal")] == ["appeal_outdated"]


def test_who_had_it_is_out_with_the_decision(stage: Stage, squatted: Account) -> None:
    session = token_of(stage, squatted)
    approved(stage, squatted)
    assert stage.call("account.show_account", token=session).code == "login_required"
    assert squatted.mobile
    assert squatted.document
    assert log_in(stage, squatted.mobile, PASSWORD).code == "login_refused"
    his = begin(stage, "person_password_by_login_name", login_name=squatted.document.number)
    assert his.prove(squatted.mobile).code == "recovery_mobile_differs"
    assert "appeal_granted" in told(stage, squatted.id)


def test_he_takes_it_back_by_no_older_recovery(stage: Stage, squatted: Account) -> None:
    assert squatted.document
    assert squatted.mobile
    his = begin(stage, "person_password_by_login_name", login_name=squatted.document.number)
    assert his.prove(squatted.mobile).status == 200
    approved(stage, squatted)
    assert his.set_password().code == "recovery_over"
    assert log_in(stage, squatted.document.number, NEW_PASSWORD).code == "login_refused"


def test_he_takes_it_back_by_no_older_objection(stage: Stage, squatted: Account) -> None:
    assert squatted.mobile
    stage.clock.advance(seconds=61)
    own = "+86" + NUMBERS.mobile()
    body = {"mobile": own, "sms_code": code_for(stage, own, "change_mobile"), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=token_of(stage, squatted)).status == 200
    objection = {"objection_code": last_message(stage, squatted.mobile, "mobile_changed_object")["code"]}
    mobile = approved(stage, squatted)
    assert stage.call("account.object_to_mobile_change", objection).code == "objection_gone"
    assert again(stage, squatted).mobile == mobile


def test_a_mobile_of_another_account_stays_there(stage: Stage, squatted: Account) -> None:
    other = a_person(stage, name=None, document=None)
    approved(stage, squatted, other.mobile)
    assert (again(stage, squatted).mobile, again(stage, other).mobile) == (None, other.mobile)


def test_an_account_without_a_name_gets_it(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    nameless = a_person(stage, name=None, user_name="wgzj_nameless")
    mobile = approved(stage, nameless, reason="lost")
    after = again(stage, nameless)
    assert (after.name, after.mobile) == (NAME, nameless.mobile)
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == "wgzj_nameless"


def test_a_confirmed_name_can_not_be_appealed_away(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    for state in (RealPerson.NOT_PASSED, RealPerson.PASSED):
        recovery, _ = proven(stage)
        assert appealed(recovery, a_verified_person(stage, real_person=state)).code == "recovered_account_unknown"


def test_who_only_lost_it_knows_its_name(stage: Stage, squatted: Account) -> None:
    recovery, _ = proven(stage)
    refused = appealed(recovery, squatted, reason="lost")
    assert (refused.code, "证件已绑定其他账号" in refused.json["title"]) == ("recovered_account_unknown", True)


def test_another_number_meanwhile_is_another_account(stage: Stage, squatted: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = appealed(recovery, squatted).json["case"]["case_id"]
    token = token_of(stage, squatted)
    version = stage.call("account.show_account", token=token).json["version"]
    unknown = {"document_type": "resident_id", "document_number": "130403198103111018", "name": "冒名者"}
    changed = stage.call("account.change_information", {"version": version, "person": unknown}, token=token)
    assert (changed.status, changed.json["real_name"]) == (200, "failed")
    decided(stage, case_id)
    assert [one for one in messages(stage, mobile) if one.startswith("appeal")] == ["appeal_outdated"]


def test_a_number_corrected_meanwhile_keeps_the_account(stage: Stage, squatted: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = appealed(recovery, squatted).json["case"]["case_id"]
    token = token_of(stage, squatted)
    version = stage.call("account.show_account", token=token).json["version"]
    person = {"document_type": "resident_id", "document_number": held(NUMBERS.resident_id()).number, "name": "冒名者"}
    corrected = stage.call("account.change_information", {"version": version, "person": person}, token=token)
    assert corrected.status == 200, corrected.text
    decided(stage, case_id)
    assert [one for one in messages(stage, mobile) if one.startswith("appeal")] == ["appeal_outdated"]
    assert (again(stage, squatted).name, named(again(stage, squatted))["document_number"]) == ("冒名者", person["document_number"])
    assert stage.call("account.show_account", token=token).status == 200
