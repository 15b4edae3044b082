"""Registering a unit: three conflicts, each with the way out; the legal representative complete."""

from typing import Any

import pytest

from expertgate.account.store import account
from tests.builders.accounts import a_unit, code_for, log_in, person_form, proof_for, register_person, register_unit, unit_form
from tests.builders.audits import facts_of
from tests.builders.numbers import Numbers
from tests.stage import Stage


@pytest.mark.parametrize("field", ["user_name", "uscc", "mobile"])
def test_own_data_in_a_units_password_is_refused(stage: Stage, field: str) -> None:
    form = unit_form(user_name="lantian88")
    typed = f"{form[field]}wX-7Q"[:20]
    assert register_unit(stage, form | {"password": typed, "password_confirmation": typed}).broken == {"password": "password_own"}


def test_a_unit_registers_and_is_real_named(stage: Stage) -> None:
    answered = register_unit(stage, unit_form())
    assert (answered.status, answered.json["real_name"]) == (201, "passed")
    made = account(stage.world, answered.json["account_id"])
    assert made is not None
    assert facts_of(f"ACCOUNT#{made.id}", "account:unit:registered") == [{"channel": "web", "real_name": "passed"}]
    assert made.unit is not None
    assert made.unit.main_agent is not None
    assert made.unit.main_agent.mobile == f"+86{unit_form()['mobile']}"
    assert made.unit.legal_representative is not None
    assert made.unit.legal_representative.document.valid_to is not None


def test_a_person_and_a_unit_may_share_a_mobile(stage: Stage) -> None:
    mobile = person_form()["mobile"]
    register_person(stage, person_form())
    stage.clock.advance(seconds=60)
    assert register_unit(stage, unit_form(mobile=mobile)).status == 201


@pytest.mark.parametrize(
    ("kept", "code", "way_out"),
    [
        ("unit_name", "unit_name_registered", "单位法人用户申诉"),
        ("uscc", "uscc_registered", "最新单位名称"),
        ("user_name", "user_name_registered", "用户名"),
    ],
)
def test_a_conflict_names_the_way_out(stage: Stage, kept: str, code: str, way_out: str) -> None:
    register_unit(stage, unit_form(1))
    answered = register_unit(stage, unit_form(2) | {kept: unit_form(1)[kept]})
    assert (answered.status, answered.code) == (409, code)
    assert way_out in answered.json["title"]
    assert log_in(stage, unit_form(2)["user_name"], kind="unit").status == 401 or kept == "user_name"


def test_brackets_of_either_width_are_one_name(stage: Stage) -> None:
    register_unit(stage, unit_form(1, unit_name="邯郸（丛台）试验有限公司"))
    assert register_unit(stage, unit_form(2, unit_name="邯郸(丛台)试验有限公司")).code == "unit_name_registered"


def test_a_user_name_counts_in_either_case(stage: Stage) -> None:
    register_unit(stage, unit_form(1, user_name="Handan_1"))
    assert register_unit(stage, unit_form(2, user_name="HANDAN_1")).code == "user_name_registered"


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"uscc": "911304030000000000"}, {"uscc": "uscc_checksum"}),
        ({"user_name": "a-b"}, {"user_name": "user_name_form"}),
        ({"user_name": "WGZJXM_abc"}, {"user_name": "user_name_reserved"}),
        ({"legal_person_type": "club"}, {"legal_person_type": "not_in_list"}),
        ({"unit_name": "公司★"}, {"unit_name": "unit_name_character"}),
        (
            {"main_agent": {"document_type": "passport", "document_number": "1", "name": "钱文静"}},
            {"main_agent.document_number": "passport_form"},
        ),
    ],
)
def test_a_broken_field_of_a_unit_is_named(stage: Stage, changed: dict[str, Any], broken: dict[str, str]) -> None:
    answered = stage.call("account.register_unit", unit_form() | {"sms_code": "123456"} | changed)
    assert (answered.status, answered.broken) == (422, broken)


def test_the_type_of_the_representative_must_be_chosen(stage: Stage) -> None:
    form = unit_form()
    representative = {name: value for name, value in form["legal_representative"].items() if name != "type"}
    answered = stage.call("account.register_unit", form | {"sms_code": "123456", "legal_representative": representative})
    assert answered.broken == {"legal_representative.type": "representative_type_required"}
    assert answered.json["errors"][0]["message"] == "法定代表人类型不能为空"


def test_a_type_unlike_the_credit_code_is_noted(stage: Stage) -> None:
    answered = register_unit(stage, unit_form(legal_person_type="foundation"))
    assert {"field": "legal_person_type", "rule": "legal_person_type_unlike_uscc"}.items() <= answered.json["warnings"][0].items()


def test_rural_and_army_credit_codes_are_taken(stage: Stage) -> None:
    answered = register_unit(stage, unit_form(uscc=Numbers(3).uscc(head="N2"), legal_person_type="rural_collective"))
    assert (answered.status, answered.json["warnings"]) == (201, [])


def test_a_code_for_persons_registers_no_unit(stage: Stage) -> None:
    form = unit_form()
    answered = stage.call("account.register_unit", form | {"sms_code": code_for(stage, "register_person", form["mobile"])})
    assert answered.code == "sms_code_wrong"


def test_the_register_knows_another_representative(stage: Stage) -> None:
    answered = register_unit(stage, unit_form(uscc="91130400FB160D029X", unit_name="邯郸市换帅实业有限公司"))
    assert (answered.json["real_name"], answered.json["real_name_reason"]) == ("failed", "representative_differs")


def test_the_main_agent_is_compared_too(stage: Stage) -> None:
    agent = {"document_type": "resident_id", "document_number": "130403198103111018", "name": "王建国"}
    answered = register_unit(stage, unit_form(main_agent=agent))
    assert (answered.json["real_name"], answered.json["real_name_reason"]) == ("failed", "number_unknown")


def test_who_fails_has_failed_while_the_register_is_silent(stage: Stage) -> None:
    agent = {"document_type": "resident_id", "document_number": "130403198103111018", "name": "王建国"}
    silent = {"document_type": "resident_id", "document_number": "130403198503151051", "name": "刘德明"}
    form = unit_form(main_agent=agent)
    answered = register_unit(stage, form | {"legal_representative": form["legal_representative"] | silent})
    assert (answered.json["real_name"], answered.json["real_name_reason"]) == ("failed", "number_unknown")


def test_a_unit_logs_in_by_user_name_only(stage: Stage) -> None:
    made = a_unit(stage)
    assert made.token
    assert log_in(stage, made.mobile, kind="unit").code == "login_refused"
    assert log_in(stage, made.login_name.upper(), kind="unit").status == 201


def test_a_proof_stands_for_the_code(stage: Stage) -> None:
    form = unit_form()
    form["sms_code"] = proof_for(stage, "register_unit", form["mobile"])
    assert stage.call("account.register_unit", form).status == 201
    again = unit_form(2, mobile=form["mobile"], sms_code=form["sms_code"])
    assert stage.call("account.register_unit", again).code == "sms_code_wrong"
