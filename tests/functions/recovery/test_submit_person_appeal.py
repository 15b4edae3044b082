"""A person's appeal: evidence, an operator, a one-time code to the mobile that took the code, a new password."""

from typing import Any

import pytest

from expertgate.account.model import Account, RealName, RealPerson, Status
from expertgate.forms.masks import mask_number
from expertgate.notice.model import Delivery
from expertgate.notice.store import NoticeRow
from expertgate.recovery.codes import OneTimeCodeRow, code_key
from expertgate.review.store import cases
from expertgate.settings import DAY, LIMITS
from tests.builders.audits import facts_of
from tests.builders.cases import FakeWorkflow, claim
from tests.builders.grants import mobiles_told
from tests.builders.officials import PLATFORM, official
from tests.builders.people import NUMBERS, a_person, a_verified_person, again
from tests.builders.recoveries import NEW_PASSWORD, Traveller, attached, begin, decided, last_message, letters, messages, refused, told
from tests.functions.recovery.test_start_recovery import named
from tests.stage import Stage

FILES = ("document_front", "document_back")


@pytest.fixture
def person(stage: Stage, workflow: FakeWorkflow) -> Account:
    assert workflow.started == []
    return a_verified_person(stage, user_name="wgzj_appellant")


def proven(stage: Stage, mobile: str | None = None) -> tuple[Traveller, str]:
    """Return an appeal whose mobile was proven."""
    mobile = mobile or "+86" + NUMBERS.mobile()
    recovery = begin(stage, "person_appeal", mobile=mobile)
    assert recovery.prove(mobile, "appeal").status == 200
    return recovery, mobile


def form(recovery: Traveller, person: Account, **changed: Any) -> dict[str, Any]:
    return {"reason": "lost", "statement": "登录名和密码均已忘记", **named(person), **attached(recovery, *FILES), **changed}


def submitted(stage: Stage, person: Account, own: str | None = None) -> tuple[str, str]:
    recovery, mobile = proven(stage, own)
    answered = recovery.call("submit_person_appeal", form(recovery, person))
    assert answered.status == 202, answered.text
    return answered.json["case"]["case_id"], mobile


def test_approval_opens_a_new_password_once(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    said = last_message(stage, mobile, "appeal_approved")
    assert (said["login_name"], said["days"]) == ("wgzj_appellant", 3)
    once = {"login_name": said["login_name"], "one_time_code": said["code"]}
    recovery = begin(stage, "one_time_code", **once)
    assert recovery.started.json["next"]["step"] == "set_password"
    assert recovery.set_password(NEW_PASSWORD).status == 200
    assert refused(stage, "one_time_code", **once) == "one_time_code_wrong"
    body = {"kind": "person", "login_name": "wgzj_appellant", "password": NEW_PASSWORD}
    assert stage.call("account.log_in", body).status == 201
    assert again(stage, person).real_person is RealPerson.TO_BE_RENEWED


def test_the_official_reads_all_that_was_sent(stage: Stage, person: Account) -> None:
    recovery, mobile = proven(stage)
    body = form(recovery, person)
    case_id = recovery.call("submit_person_appeal", body).json["case"]["case_id"]
    files = {one: body.pop(one) for one in FILES}
    expected = {**body, "attachments": files, "account_id": person.id, "mobile": mobile}
    sent = cases.round_of(stage.world, case_id, 1)
    assert (sent.form, sent.attachments) == (expected, tuple(files.values()))
    holder = official(stage, PLATFORM)
    assert claim(stage, case_id, holder).status == 200
    for one in files.values():
        assert stage.call("evidence.show_evidence", token=holder.token, path={"evidence_id": one}).json["link"]


def test_the_audit_names_recovery_and_case(stage: Stage, person: Account) -> None:
    recovery, _ = proven(stage)
    case_id = recovery.call("submit_person_appeal", form(recovery, person)).json["case"]["case_id"]
    assert facts_of(f"RECOVERY#{recovery.id}", "recovery:evidence:submitted") == [{"recovery": recovery.id, "case": case_id}]


def test_an_appeal_in_review_stays_in_the_way(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    stage.clock.advance(seconds=61)
    recovery, _ = proven(stage, mobile)
    assert recovery.call("submit_person_appeal", form(recovery, person)).code == "case_already_open"
    assert cases.case(stage.world, case_id).state == "in_review"


def test_nobody_appeals_for_a_closed_account(stage: Stage, workflow: FakeWorkflow) -> None:
    recovery, _ = proven(stage)
    closed = a_verified_person(stage, status=Status.CLOSED)
    assert recovery.call("submit_person_appeal", form(recovery, closed)).code == "recovered_account_unknown"
    assert workflow.started == []


def test_a_returned_appeal_does_not_stand_in_the_way(stage: Stage, person: Account) -> None:
    case_id, old_mobile = submitted(stage, person)
    decided(stage, case_id, "return", remarks=[{"field": "statement", "text": "请写明经过"}])
    stage.clock.advance(days=31)
    anew, mobile = submitted(stage, person)
    assert (last_message(stage, old_mobile, "application_replaced"), anew != case_id) == ({}, True)
    decided(stage, anew)
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == "wgzj_appellant"


def test_a_lost_page_is_begun_anew_with_the_code(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    once = {"login_name": "wgzj_appellant", "one_time_code": last_message(stage, mobile, "appeal_approved")["code"]}
    lost = begin(stage, "one_time_code", **once)
    assert lost.set_password("weak").status == 422
    again_begun = begin(stage, "one_time_code", **once)
    assert lost.set_password(NEW_PASSWORD).code == "recovery_over"
    assert again_begun.set_password(NEW_PASSWORD).status == 200
    assert refused(stage, "one_time_code", **once) == "one_time_code_wrong"


def test_the_right_code_is_counted_as_well(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    once = {"login_name": "wgzj_appellant", "one_time_code": last_message(stage, mobile, "appeal_approved")["code"]}
    begun = [begin(stage, "one_time_code", **once) for _ in range(LIMITS.one_time_code_tries)]
    assert refused(stage, "one_time_code", **once) == "one_time_code_wrong"
    assert begun[-1].set_password(NEW_PASSWORD).status == 200


def test_a_second_appeal_ends_what_the_first_began(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    code = last_message(stage, mobile, "appeal_approved")["code"]
    first = begin(stage, "one_time_code", login_name="wgzj_appellant", one_time_code=code)
    case_id, _ = submitted(stage, person)
    decided(stage, case_id)
    assert first.set_password(NEW_PASSWORD).code == "recovery_over"


def test_the_account_is_told_as_well(stage: Stage, person: Account) -> None:
    case_id, _ = submitted(stage, person)
    assert told(stage, person.id) == []
    decided(stage, case_id)
    assert told(stage, person.id) == ["appeal_granted"]


def test_the_accounts_mobile_hears_whose_appeal_won(stage: Stage, person: Account) -> None:
    case_id, _ = submitted(stage, person)
    decided(stage, case_id)
    assert mobiles_told(stage, person.id, "appeal_granted") == [person.mobile]
    assert facts_of(f"ACCOUNT#{person.id}", "recovery:appeal:granted") == [{"case": case_id}]


def test_the_code_is_wiped_when_sent(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    box = f"MOBILE#{stage.world.keys.index('mobile', mobile)}"
    (row,) = [row for row in NoticeRow.query(box) if row.template == "appeal_approved"]
    assert (row.secret, row.ends) == (True, stage.clock.now().timestamp() + LIMITS.one_time_code_life)


def test_a_number_goes_to_the_mobile_masked(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    person = a_verified_person(stage)
    assert person.document
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == mask_number(person.document.number)


def test_a_code_outlives_the_recovery_it_begins(stage: Stage, person: Account) -> None:
    case_id, _ = submitted(stage, person)
    decided(stage, case_id)
    row = OneTimeCodeRow.find(code_key(person.id))
    assert row is not None
    assert row.expires == row.ends + LIMITS.flow_life


def test_the_accounts_own_mobile_gets_one_short_message(stage: Stage, person: Account) -> None:
    assert person.mobile
    case_id, _ = submitted(stage, person, person.mobile)
    decided(stage, case_id)
    kept = [(row.template, row.delivery) for row in NoticeRow.query(f"ACCOUNT#{person.id}")]
    assert (messages(stage, person.mobile).count("appeal_approved"), kept) == (1, [("appeal_granted", Delivery.NOT_BY_SMS)])


def test_whose_account_it_is_does_not_decide(stage: Stage, person: Account) -> None:
    assert person.mobile
    recovery, _ = proven(stage)
    body = form(recovery, person)
    case_id = recovery.call("submit_person_appeal", body).json["case"]["case_id"]
    holder = official(stage, PLATFORM, mobile=person.mobile.removeprefix("+86"))
    assert claim(stage, case_id, holder).code == "own_case"
    decided(stage, case_id, "return", remarks=[{"field": "statement", "text": "请写明经过"}])
    assert recovery.call("submit_person_appeal", body | {"statement": "手机遗失"}).status == 202
    assert claim(stage, case_id, holder).code == "own_case"  # a correction forgets nobody


def test_an_unproven_address_hears_of_no_appeal(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    case_id, _ = submitted(stage, a_verified_person(stage, email="not.yet.proven@example.org"))
    decided(stage, case_id)
    assert letters(stage, "not.yet.proven@example.org") == []


def test_an_appeal_voids_the_proof_of_an_address(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    person = a_verified_person(stage, email="maybe.a.thief@example.org", email_proven=True)
    case_id, _ = submitted(stage, person)
    decided(stage, case_id)
    assert letters(stage, "maybe.a.thief@example.org") == ["appeal_granted"]
    assert again(stage, person).proven_email is None


def test_the_code_is_kept_hashed_and_short(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    code = last_message(stage, mobile, "appeal_approved")["code"]
    stage.clock.advance(seconds=3 * DAY)
    assert refused(stage, "one_time_code", login_name="wgzj_appellant", one_time_code=code) == "one_time_code_wrong"


def test_five_wrong_codes_end_the_right_one(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    code = last_message(stage, mobile, "appeal_approved")["code"]
    for number in range(LIMITS.one_time_code_tries):
        body = {"kind": "one_time_code", "login_name": "wgzj_appellant", "one_time_code": f"000000000{number}"}
        assert stage.call("recovery.start_recovery", body, address=f"198.51.100.{number}").code == "one_time_code_wrong"
    assert refused(stage, "one_time_code", login_name="wgzj_appellant", one_time_code=code) == "one_time_code_wrong"


def test_a_code_fits_its_own_account_only(stage: Stage, person: Account) -> None:
    a_person(stage, user_name="wgzj_other", name=None, document=None)
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id)
    code = last_message(stage, mobile, "appeal_approved")["code"]
    for login_name in ("wgzj_other", "nobody_99"):
        assert refused(stage, "one_time_code", login_name=login_name, one_time_code=code) == "one_time_code_wrong"


def test_a_returned_appeal_is_corrected(stage: Stage, person: Account) -> None:
    recovery, mobile = proven(stage)
    body = form(recovery, person)
    case_id = recovery.call("submit_person_appeal", body).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "attachments.document_back", "text": "照片不清晰"}])
    corrected = body | attached(recovery, "document_back")
    again_sent = recovery.call("submit_person_appeal", corrected)
    assert (again_sent.status, again_sent.json["case"]["case_id"]) == (202, case_id)
    assert cases.round_of(stage.world, case_id, 2).attachments == tuple(corrected[one] for one in FILES)
    decided(stage, case_id, round_number=2)
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == "wgzj_appellant"


def test_rejection_sends_the_reason_and_no_code(stage: Stage, person: Account) -> None:
    case_id, mobile = submitted(stage, person)
    decided(stage, case_id, "reject", reason="证件照片与姓名不符")
    assert last_message(stage, mobile, "appeal_rejected") == {"reason": "证件照片与姓名不符"}
    assert told(stage, person.id) == []


@pytest.mark.parametrize("wrong", [{"name": "王五"}, {"document_number": NUMBERS.resident_id()}])
def test_name_and_number_must_be_the_accounts(stage: Stage, person: Account, wrong: dict[str, str]) -> None:
    recovery, _ = proven(stage)
    assert recovery.call("submit_person_appeal", form(recovery, person, **wrong)).code == "recovered_account_unknown"


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"reason": "renamed"}, {"reason": "appeal_reason"}),
        ({"reason": "boredom"}, {"reason": "not_in_list"}),
        ({"document_front": None}, {"document_front": "wrong_type"}),
        ({"statement": ""}, {"statement": "required"}),
    ],
)
def test_bad_appeals_name_the_field(stage: Stage, person: Account, changed: dict[str, Any], broken: dict[str, str]) -> None:
    recovery, _ = proven(stage)
    assert recovery.call("submit_person_appeal", form(recovery, person, **changed)).broken == broken


def test_the_code_can_not_be_skipped(stage: Stage, person: Account) -> None:
    recovery = begin(stage, "person_appeal", mobile="+86" + NUMBERS.mobile())
    body = {"reason": "lost", "statement": "忘记", **named(person), "document_front": "x"}
    assert recovery.call("submit_person_appeal", body).code == "recovery_step_wrong"


def test_a_unit_appeal_is_another_kind(stage: Stage, person: Account) -> None:
    mobile = "+86" + NUMBERS.mobile()
    recovery = begin(stage, "unit_appeal", mobile=mobile)
    recovery.prove(mobile, "appeal")
    assert recovery.call("submit_person_appeal", form(recovery, person)).code == "recovery_step_wrong"


def test_an_appeal_is_not_a_way_to_ask(stage: Stage, person: Account) -> None:
    recovery, _ = proven(stage)
    body = form(recovery, person, name="王五")
    for _ in range(LIMITS.recoveries_per_target_an_hour):
        assert recovery.call("submit_person_appeal", body).status == 404
    assert recovery.call("submit_person_appeal", body).code == "too_many_recoveries"


def test_one_clients_tries_shut_out_no_other(stage: Stage, person: Account) -> None:
    recovery, _ = proven(stage)
    body = form(recovery, person, name="王五")
    for _ in range(LIMITS.recoveries_per_target_an_hour + 1):
        recovery.call("submit_person_appeal", body)
    stage.address = "198.51.100.9"
    assert submitted(stage, person)


def test_the_unnamed_may_appeal_too(stage: Stage, workflow: FakeWorkflow) -> None:
    assert submitted(stage, a_person(stage, real_name=RealName.FAILED))
    assert len(workflow.started) == 1
