"""Changing own data: what the register confirmed is fixed, the rest is checked by its own rule."""

from typing import Any

import pytest

from expertgate.account import checks
from expertgate.account.model import Part, RealName, RealPerson
from expertgate.account.store import AccountRow
from expertgate.caller import system
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from expertgate.outbound.standing import StandingRow
from tests.builders.accounts import Made, a_person, a_unit, log_in, person_form, unit_form
from tests.builders.audits import facts_of
from tests.builders.numbers import Numbers
from tests.builders.people import with_facts
from tests.stage import Answered, Stage


def _change(stage: Stage, made: Made, **body: Any) -> Answered:
    version = stage.call("account.show_account", token=made.token).json["version"]
    return stage.call("account.change_information", {"version": version} | body, token=made.token)


def _person(seed: int, **changed: Any) -> dict[str, Any]:
    form = person_form(seed, **changed)
    return {name: form[name] for name in ("document_type", "document_number", "name", "validity")}


def test_email_and_landline_are_changed(stage: Stage) -> None:
    made = a_person(stage)
    assert _change(stage, made, email="Chen.Xiaobo@Example.com", landline="0310-3111234").status == 200
    page = stage.call("account.show_account", token=made.token).json
    assert (page["email"], page["landline"], page["security_score"]) == ("C***@example.com", "0310-3111234", 70)


def test_a_change_and_the_registers_answer_are_kept(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    before = checks.checked(made.id)
    assert _change(stage, made, email="wang@example.org", person=_person(2)).json["real_name"] == "passed"
    after = checks.checked(made.id)
    assert before is not None
    assert after is not None
    assert before.parts[Part.PERSON] != after.parts[Part.PERSON]
    facts = {"fields": ["email", "identity"], "real_name": "passed"}
    assert facts_of(f"ACCOUNT#{made.id}", "account:information:changed") == [facts]


def test_what_changes_nothing_alarms_nobody(stage: Stage) -> None:
    made = a_person(stage)
    before = stage.call("account.show_account", token=made.token).json
    told = stage.call("notice.list_messages", token=made.token).json["items"]
    for body in ({}, {"landline": before["landline"]}, {"person": _person(1)}):
        answered = _change(stage, made, **body)
        assert (answered.status, answered.json["version"]) == (200, before["version"]), answered.text
    assert stage.call("notice.list_messages", token=made.token).json["items"] == told


def test_a_change_is_told_in_the_readers_language(stage: Stage) -> None:
    made = a_person(stage)
    assert _change(stage, made, email="chen.xiaobo@example.com", landline="0310-3111234").status == 200
    texts = [stage.call("notice.list_messages", token=made.token, language=one).json["items"][0]["text"] for one in ("zh", "en")]
    assert "电子邮箱、固定电话。" in texts[0]
    assert texts[1].startswith("Your account was changed: e-mail, landline.")


def test_an_old_message_of_a_change_reads_well(stage: Stage) -> None:
    made = a_person(stage)
    change = Change(stage.world, system("test"))
    tell(change, account(made.id), "information_changed", fields=["身份或单位登记信息"])
    change.commit(None)
    shown = stage.call("notice.list_messages", token=made.token).json["items"][0]
    assert shown["text"].startswith("您的账号信息已修改：身份或单位登记信息。")


def test_another_spelling_of_a_name_is_a_change(stage: Stage) -> None:
    made = a_unit(stage, unit_name="邯郸市（冀南）试验有限公司")
    assert _change(stage, made, unit={"unit_name": "邯郸市(冀南)试验有限公司"}).status == 200
    assert "身份或单位登记信息" in stage.call("notice.list_messages", token=made.token).json["items"][0]["text"]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"landline": "3111234"}, {"landline": "landline_form"}),
        ({"email": "nobody"}, {"email": "email_form"}),
        ({"unit": {"landline": "010/62345678"}}, {"unit.landline": "landline_form"}),
        ({"person": {"name": "陈晓波"}}, {"person.document_type": "missing", "person.document_number": "missing"}),
    ],
)
def test_a_broken_field_changes_nothing(stage: Stage, body: dict[str, Any], broken: dict[str, str]) -> None:
    made = a_person(stage)
    answered = _change(stage, made, **body)
    assert (answered.status, answered.broken) == (422, broken)
    if "landline" in body:
        assert "区号-电话号" in answered.json["errors"][0]["message"]


def test_a_real_named_number_is_fixed(stage: Stage) -> None:
    made = a_person(stage)
    answered = _change(stage, made, person=_person(2))
    assert (answered.status, answered.code) == (409, "document_bound")
    assert "重新注册" in answered.json["title"]
    assert log_in(stage, made.form["document_number"]).json["account_id"] == made.id


def test_a_legal_change_of_name_is_taken_over(stage: Stage) -> None:
    made = a_person(stage)
    answered = _change(stage, made, person=_person(1, name="陈晓涛"))
    assert (answered.status, answered.json["real_name"]) == (200, "passed")
    shown = stage.call("account.show_account", token=made.token).json
    assert (shown["name"], shown["level"]) == ("陈*涛", "real_named")


def test_a_real_named_person_only_takes_his_registered_name(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198203121029", name="张文静")
    answered = _change(stage, made, person=_person(1, document_number="130403198203121029", name="张文丽"))
    assert (answered.status, answered.code, answered.json["facts"]) == (422, "register_differs", {"reason": "name_differs"})
    shown = stage.call("account.show_account", token=made.token).json
    assert (shown["name"], shown["real_name"]) == ("张*静", "passed")


def test_a_name_that_a_face_confirmed_is_fixed(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    with_facts(stage, made.id, real_person=RealPerson.PASSED)
    other = _person(1, document_number="130403198103111018", name="王建军")
    assert _change(stage, made, person=other).code == "document_bound"


def test_a_renewed_document_keeps_its_number(stage: Stage) -> None:
    made = a_person(stage)
    assert _change(stage, made, person=_person(1, validity={"start": "2025-01-01", "term": "long_term"})).status == 200
    assert stage.call("account.show_account", token=made.token).json["document"]["is_long_term"] is True


def test_an_unconfirmed_number_may_be_corrected(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    answered = _change(stage, made, person=_person(2))
    assert (answered.status, answered.json["real_name"]) == (200, "passed")
    assert log_in(stage, made.form["document_number"]).code == "login_refused"
    assert log_in(stage, person_form(2)["document_number"]).json["account_id"] == made.id


def test_what_is_in_review_waits(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    row = AccountRow.find(f"ACCOUNT#{made.id}")
    assert row is not None
    row.update([AccountRow.real_name.set(RealName.IN_REVIEW.value)])
    assert _change(stage, made, person=_person(2)).code == "information_in_review"
    assert _change(stage, made, email="a@example.com").status == 200


def test_a_page_that_is_out_of_date_is_refused(stage: Stage) -> None:
    made = a_person(stage)
    assert _change(stage, made, email="a@example.com").status == 200
    late = stage.call("account.change_information", {"version": 1, "email": "b@example.com"}, token=made.token)
    assert (late.status, late.code) == (409, "changed_meanwhile")


def test_a_unit_changes_its_three_parts(stage: Stage) -> None:
    made = a_unit(stage)
    representative = unit_form(3)["legal_representative"] | {"name": "孙建华"}
    answered = _change(
        stage,
        made,
        unit={"unit_name": "邯郸市改名试验有限公司", "landline": "0310-3111234", "address": "丛台区人民路1号"},
        legal_representative=representative,
        main_agent=unit_form(3)["main_agent"],
    )
    assert (answered.status, answered.json["real_name"]) == (200, "passed")
    unit = stage.call("account.show_account", token=made.token).json["unit"]
    assert (unit["unit_name"], unit["landline"]) == ("邯郸市改名试验有限公司", "0310-3111234")
    assert unit["legal_representative"]["name"] == "孙*华"


def test_a_new_representative_rests_the_grants(stage: Stage) -> None:
    made = a_unit(stage)
    _change(stage, made, main_agent=unit_form(3)["main_agent"])
    assert StandingRow.find(f"UNIT#{made.id}", "STANDING") is None
    _change(stage, made, legal_representative=unit_form(3)["legal_representative"])
    row = StandingRow.find(f"UNIT#{made.id}", "STANDING")
    assert row is not None
    assert row.reason == "new_legal_representative"


def test_a_real_named_credit_code_is_fixed(stage: Stage) -> None:
    made = a_unit(stage)
    assert _change(stage, made, unit={"uscc": Numbers(8).uscc()}).code == "document_bound"


def test_a_renamed_unit_frees_its_old_name(stage: Stage) -> None:
    made = a_unit(stage)
    _change(stage, made, unit={"unit_name": "邯郸市改名试验有限公司"})
    assert stage.call("account.show_account", token=made.token).json["name"] == "邯郸市改名试验有限公司"
    assert a_unit(stage, 2, unit_name=made.form["unit_name"]).id != made.id


def test_a_name_of_another_unit_is_refused(stage: Stage) -> None:
    made, other = a_unit(stage), a_unit(stage, 2)
    assert _change(stage, made, unit={"unit_name": other.form["unit_name"]}).code == "unit_name_registered"


def test_the_type_of_the_representative_stays_required(stage: Stage) -> None:
    representative = {name: value for name, value in unit_form(3)["legal_representative"].items() if name != "type"}
    answered = _change(stage, a_unit(stage), legal_representative=representative)
    assert answered.broken == {"legal_representative.type": "representative_type_required"}


def test_a_real_named_unit_only_becomes_what_is_registered(stage: Stage) -> None:
    passing = {"uscc": "9113040030H0C7091J", "unit_name": "邯郸市新名称科技有限公司"}
    representative = unit_form(1)["legal_representative"] | {"name": "张文静"}
    made = a_unit(stage, 1, **passing, legal_representative=representative)
    answered = _change(stage, made, unit={"unit_name": "邯郸市别的名称有限公司"})
    assert (answered.status, answered.code, answered.json["facts"]) == (422, "register_differs", {"reason": "name_differs"})
    assert "（名称与号码不一致）" in answered.json["title"]
    assert stage.call("account.show_account", token=made.token).json["real_name"] == "passed"


def test_a_silent_register_lets_no_real_named_unit_change(stage: Stage) -> None:
    made = a_unit(stage, uscc="9113040076AA3H02XW", unit_name="邯郸市断线通信有限公司")
    row = AccountRow.find(f"ACCOUNT#{made.id}")
    assert row is not None
    row.update([AccountRow.real_name.set(RealName.PASSED.value)])
    answered = _change(stage, made, unit={"unit_name": "邯郸市别的名称有限公司"})
    assert (answered.status, answered.code) == (503, "register_unavailable")
    assert stage.call("account.show_account", token=made.token).json["unit"]["unit_name"] == "邯郸市断线通信有限公司"


def test_an_unconfirmed_number_waits_for_a_silent_register(stage: Stage) -> None:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    answered = _change(stage, made, person=_person(2, document_number="130403198503151051", name="刘德明"))
    assert (answered.status, answered.json["real_name"]) == (200, "unchecked")


def test_a_person_has_no_unit_to_change(stage: Stage) -> None:
    assert _change(stage, a_person(stage), unit={"address": "丛台区人民路1号"}).code == "caller_kind_refused"
    assert _change(stage, a_unit(stage), person=_person(2)).code == "caller_kind_refused"
