"""A member of an admitted unit gives personal information, reviewed by the unit's bureau."""

from typing import Any

import pytest

from expertgate.admission.requests.member_profile import MemberProfileForm
from expertgate.admission.store import standings
from expertgate.review.store import cases
from tests.builders.admission import admitted, another_agent, concluded, employer_and_agent, enter, member_form, sent
from tests.builders.cases import decide
from tests.builders.grants import mobiles_told, person
from tests.builders.officials import official
from tests.builders.people import with_facts
from tests.stage import Stage


def test_the_unit_bureau_reviews_its_members(stage: Stage) -> None:
    employer, _ = admitted(stage)
    answered = sent(stage, employer, employer, member_form(), "member")
    assert (answered.status, answered.json["outcome"]) == (201, "member_pending")
    case = cases.case(stage.world, answered.json["case_id"])
    assert (case.kind, [level.bureau for level in case.chain]) == ("member_admission", ["130400", "130000", "100000"])


def test_an_agent_becomes_an_applicant_user(stage: Stage) -> None:
    employer, _ = admitted(stage)
    agent = another_agent(stage, employer, 7)
    answered = sent(stage, agent, employer, member_form(user_name="wang"), "member")
    concluded(stage, answered.json["case_id"])
    assert enter(stage, agent).json["role"] == "unit_applicant"


def test_two_fields_are_enough(stage: Stage) -> None:
    employer, _ = admitted(stage)
    agent = another_agent(stage, employer, 7)
    answered = sent(stage, agent, employer, {"user_name": "wang_fang", "name_zh": "王芳"}, "member")
    assert answered.status == 201
    with_facts(stage, agent.id, mobile="+8613700009999")
    assert decide(stage, answered.json["case_id"], official(stage), "reject").status == 201
    assert mobiles_told(stage, agent.id, "member_admission_rejected") == ["+8613700009999"]


def test_the_news_goes_to_the_mobile_of_the_form(stage: Stage) -> None:
    employer, _ = admitted(stage)
    agent = another_agent(stage, employer, 7)
    form = member_form()
    case_id = sent(stage, agent, employer, form, "member").json["case_id"]
    with_facts(stage, agent.id, mobile="+8613700009999")
    assert decide(stage, case_id, official(stage), "reject").status == 201
    assert mobiles_told(stage, agent.id, "member_admission_rejected") == [f"+86{form['mobile']}"]


def test_the_form_has_the_manuals_fields_and_stars(stage: Stage) -> None:
    # P2.1.2 in its order; 所在单位 is the unit of the address and is not typed.
    starred = ["user_name", "name_zh"]
    rest = ["name_en", "department", "document_number", "mobile", "landline", "position_zh", "position_en", "title", "discipline", "email"]
    assert list(MemberProfileForm.model_fields) == [*starred, *rest, "fax", "address", "postcode"]
    employer, _ = admitted(stage)
    assert sent(stage, employer, employer, {}, "member").broken == dict.fromkeys(starred, "missing")


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("user_name", None, "missing"),
        ("name_zh", None, "missing"),
        ("name_zh", "王1", "person_name_character"),
        ("name_en", "王芳", "english_only"),
        ("discipline", "999", "catalogue_code_unknown"),
        ("landline", "123", "landline_form"),
        ("mobile", "1", "mobile_form"),
        ("fax", "123", "landline_form"),
        ("document_number", "??", "contact_document_form"),
        ("email", "wangfang", "email_form"),
        ("postcode", "05600", "postcode_form"),
        ("position_en", "教授", "english_only"),
        ("position_zh", "Professor", "chinese_required"),
        ("unit", "别的单位", "unknown_field"),
    ],
)
def test_a_field_is_refused_by_its_rule(stage: Stage, field: str, value: Any, rule: str) -> None:
    employer, _ = admitted(stage)
    assert sent(stage, employer, employer, member_form(**{field: value}), "member").broken == {field: rule}


def test_an_empty_input_without_star_was_left_out(stage: Stage) -> None:
    employer, _ = admitted(stage)
    empty = dict.fromkeys(set(MemberProfileForm.model_fields) - {"user_name", "name_zh"}, " ")
    answered = sent(stage, employer, employer, {**empty, "user_name": "wangfang", "name_zh": "王芳"}, "member")
    assert (answered.status, answered.json["outcome"]) == (201, "member_pending")
    kept = stage.call("admission.show_member_profile", token=employer.token, path={"unit_id": employer.id}).json["form"]
    assert {name: value for name, value in kept.items() if value is not None} == {"user_name": "wangfang", "name_zh": "王芳"}


def test_a_mobile_of_another_user_suspends(stage: Stage) -> None:
    employer, _ = admitted(stage)
    first = member_form(60)
    sent(stage, employer, employer, first, "member")
    agent = another_agent(stage, employer, 7)
    answered = sent(stage, agent, employer, member_form(61, mobile=first["mobile"]), "member")
    assert (answered.status, answered.json["outcome"]) == (201, "suspended")
    hold = standings.hold(employer.id, agent.id)
    assert hold is not None
    assert hold.others == [{"account_id": employer.id, "kinds": ["mobile"]}]
    form = cases.round_of(stage.world, hold.case_id, 1).form
    assert form["held"]["account_id"] == agent.id  # type: ignore[index]
    assert form["others"][0]["account_id"] == employer.id  # type: ignore[index]


def test_before_the_unit_is_admitted_no_member_is(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = sent(stage, agent, employer, member_form(), "member")
    assert (answered.code, answered.json["facts"]["outcome"]) == ("form_not_expected", "unit_form")


def test_strangers_send_nothing(stage: Stage) -> None:
    employer, _ = admitted(stage)
    assert sent(stage, person(stage, 9), employer, member_form(), "member").code == "no_authority"
