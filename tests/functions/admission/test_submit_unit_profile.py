"""The unit form is read field by field and goes to the chosen bureau, once."""

from typing import Any

import pytest

from expertgate.admission.requests.unit_profile import UnitProfileForm
from expertgate.admission.store import standings
from expertgate.evidence.model import Purpose, State
from expertgate.evidence.store import find
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import DocumentType, parse_document
from expertgate.review.store import cases
from tests.builders.admission import admitted, another_agent, checked_picture, employer_and_agent, enter, sent, unit_form, with_workflow
from tests.builders.cases import claim
from tests.builders.grants import Somebody, document_of, person
from tests.builders.numbers import Numbers
from tests.builders.officials import HANDAN, official
from tests.stage import Stage

# P2.1.1, in its order; the English introduction has no star and is returned when it is missing, so it is demanded too.
STARRED = {
    "单位中文全称": "basic.name_zh",
    "单位英文全称": "basic.name_en",
    "单位中文简称": "basic.short_name_zh",
    "单位英文简称": "basic.short_name_en",
    "主管外专局类型": "basic.bureau_type",
    "主管外专局": "basic.bureau",
    "行业": "basic.industry",
    "单位性质": "basic.unit_nature",
    "单位类型": "basic.unit_type",
    "统一社会信用代码": "basic.uscc",
    "单位银行账号名称": "basic.bank_account_name",
    "单位开户行(具体到支行请写明)": "basic.bank_branch",
    "单位银行账号": "basic.bank_account",
    "开户行联行号": "basic.cnaps_code",
    "员工职数": "basic.staff",
    "技术人员职数": "basic.technical_staff",
    "通信地址(中文)": "basic.address_zh",
    "邮政编码": "basic.postcode",
    "通信地址(英文)": "basic.address_en",
    "资产总金额(万元)": "basic.assets",
    "所在省市区": "basic.division",
    "单位网址": "basic.website",
    "单位简介(中文)": "introduction.zh",
    "用户账号": "account.user_name",
    "联系人姓名(中文)": "account.name_zh",
    "所在部门": "account.department",
    "联系人证件号码": "account.document_number",
    "联系人移动电话": "account.mobile",
    "职务(中文)": "account.position_zh",
    "职务(英文)": "account.position_en",
    "联系人电子邮件": "account.email",
    "用人单位合法登记证明": "attachments.registration_proof",
    "用人单位银行账号信息盖章页": "attachments.bank_page",
}
UNSTARRED = {
    "单位简介(英文)": "introduction.en",
    "联系人姓名(英文)": "account.name_en",
    "联系人办公电话": "account.landline",
    "联系人传真": "account.fax",
}


def test_the_form_goes_through_city_province_and_nation(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = sent(stage, agent, employer, unit_form(stage, employer))
    assert (answered.status, answered.json["outcome"]) == (201, "unit_pending")
    case = cases.case(stage.world, answered.json["case_id"])
    assert [level.bureau for level in case.chain] == ["130400", "130000", "100000"]
    assert (case.kind, case.applicant.account_id, case.applicant.unit_id) == ("unit_admission", agent.id, employer.id)
    assert with_workflow(stage).started == [(case.id, 1, 1)]


@pytest.mark.parametrize("who", ["sender", "contact", "contact's mobile", "main agent", "main agent's mobile"])
def test_nobody_behind_the_form_decides_it(stage: Stage, who: str) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    case_id = sent(stage, agent, employer, form).json["case_id"]
    contact = parse_document(DocumentType.RESIDENT_ID, form["account"]["document_number"], shanghai_day(stage.clock.now()))
    him: dict[str, Any] = {
        "sender": {"document": document_of(101)},
        "contact": {"document": contact},
        "contact's mobile": {"mobile": form["account"]["mobile"]},
        "main agent": {"document": document_of(20_001)},
        "main agent's mobile": {"mobile": "13912340000"},
    }[who]
    assert claim(stage, case_id, official(stage, HANDAN, **him)).code == "own_case"
    assert claim(stage, case_id, official(stage)).status == 200


def test_the_news_goes_to_the_contacts_mobile(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer, account__mobile="13700000001")).json["case_id"]
    assert cases.case(stage.world, case_id).applicant.mobile == "+8613700000001"


def test_the_form_has_the_manuals_fields_and_stars() -> None:
    parts = {name: field.annotation for name, field in UnitProfileForm.model_fields.items()}
    asked = {f"{part}.{name}": one.is_required() for part, model in parts.items() for name, one in model.model_fields.items()}  # type: ignore[union-attr]
    assert {name for name, is_starred in asked.items() if is_starred} == set(STARRED.values())
    assert {name for name, is_starred in asked.items() if not is_starred} == set(UNSTARRED.values())


def test_every_starred_field_is_demanded(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = sent(stage, agent, employer, {"basic": {}, "introduction": {}, "account": {}, "attachments": {}})
    assert answered.status == 422
    assert answered.broken == {**dict.fromkeys(STARRED.values(), "missing"), "introduction.en": "english_introduction_required"}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("introduction__en", None, "english_introduction_required"),
        ("introduction__en", "  ", "english_introduction_required"),
        ("introduction__en", "研究新材料", "english_only"),
        ("introduction__zh", "materials only", "chinese_required"),
        ("basic__name_en", "邯郸科技", "english_only"),
        ("basic__cnaps_code", "102127000001", "cnaps_checksum"),
        ("basic__uscc", "91130400MA0000000X", "uscc_checksum"),
        ("basic__bank_account", "12", "bank_account_form"),
        ("basic__postcode", "0560", "postcode_form"),
        ("basic__assets", "-3", "money_form"),
        ("basic__assets", "一千万", "money_form"),
        ("basic__address_en", "人民东路100号", "english_only"),
        ("basic__short_name_en", "邯郸科技", "english_only"),
        ("basic__address_zh", "100 Renmin Road", "chinese_required"),
        ("account__fax", "3123456", "landline_form"),
        ("account__name_zh", "李1", "person_name_character"),
        ("account__name_en", "Ли", "english_only"),
        ("account__position_en", "主任", "english_only"),
        ("basic__website", "not a site", "url_form"),
        ("basic__staff", -1, "too_small"),
        ("basic__staff", "三百", "whole_number"),
        ("basic__staff", 1.5, "whole_number"),
        ("basic__staff", "", "whole_number"),
        ("account__fax", "３", "landline_form"),
        ("account__position_zh", "", "required"),
        ("basic__technical_staff", 121, "technical_staff_exceeds"),
        ("basic__division", "130000", "division_incomplete"),
        ("basic__division", "999999", "division_unknown"),
        ("basic__industry", "00", "catalogue_code_unknown"),
        ("basic__unit_nature", "kingdom", "catalogue_code_unknown"),
        ("basic__unit_type", "", "catalogue_code_unknown"),
        ("basic__bureau", "000001", "bureau_unknown"),
        ("basic__bureau_type", "galaxy", "not_in_list"),
        ("account__mobile", "12345", "mobile_form"),
        ("account__email", "lixiaobo", "email_form"),
        ("account__landline", "12345678", "landline_form"),
        ("account__user_name", "李", "user_name_form"),
        ("account__document_number", "???", "contact_document_form"),
        ("attachments__bank_page", "x", "bad_form"),
        ("basic__name_zh", None, "missing"),
        ("account__position_en", None, "missing"),
        ("account__shoe_size", 43, "unknown_field"),
    ],
)
def test_a_field_is_refused_by_its_rule(stage: Stage, field: str, value: Any, rule: str) -> None:
    employer, agent = employer_and_agent(stage)
    answered = sent(stage, agent, employer, unit_form(stage, employer, **{field: value}))
    assert (answered.status, answered.broken) == (422, {field.replace("__", "."): rule})


@pytest.mark.parametrize(
    ("bureau_type", "bureau", "field", "rule"),
    [
        ("province", "130400", "basic.bureau_type", "bureau_is_city"),
        ("city", "130000", "basic.bureau_type", "bureau_type_mismatch"),
        ("ministry", "100000", "basic.bureau", "bureau_not_for_units"),
    ],
)
def test_a_bureau_of_another_type_is_refused(stage: Stage, bureau_type: str, bureau: str, field: str, rule: str) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer, basic__bureau_type=bureau_type, basic__bureau=bureau)
    assert sent(stage, agent, employer, form).broken == {field: rule}


def test_the_form_is_of_the_registered_unit(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    other = unit_form(stage, employer, basic__name_zh="邯郸市另一个单位")
    assert sent(stage, agent, employer, other).broken == {"basic.name_zh": "unit_name_not_registered"}
    code = unit_form(stage, employer, basic__uscc=Numbers("other").uscc())
    assert sent(stage, agent, employer, code).broken == {"basic.uscc": "uscc_not_registered"}


def test_the_english_reason_is_the_manuals(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = sent(stage, agent, employer, unit_form(stage, employer, introduction__en=None))
    assert answered.json["errors"][0]["message"] == "英文简介务必要填写，否则将会被退回重新提交。"


def test_a_second_form_of_a_unit_is_refused(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    colleague = another_agent(stage, employer, 7)
    answered = sent(stage, colleague, employer, unit_form(stage, employer, 51))
    assert (answered.status, answered.code, answered.json["facts"]["outcome"]) == (409, "form_not_expected", "unit_pending")


def test_a_repeat_gives_the_same_case(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    first = sent(stage, agent, employer, form, key="send-once-0001")
    again = sent(stage, agent, employer, form, key="send-once-0001")
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_contact_alike_another_user_is_suspended(stage: Stage) -> None:
    admitted(stage)
    employer, agent = employer_and_agent(stage, 2)
    same = unit_form(stage, employer, 51, account__user_name="another")
    answered = sent(stage, agent, employer, same)
    assert (answered.status, answered.json["outcome"], answered.json["case_id"]) == (201, "suspended", None)
    hold = standings.hold(employer.id, agent.id)
    assert hold is not None
    assert cases.case(stage.world, hold.case_id).kind == "duplicate_hold"
    assert enter(stage, agent, employer).json["outcome"] == "suspended"


def test_a_colleague_waits_while_the_sender_is_suspended(stage: Stage) -> None:
    admitted(stage)
    employer, agent = employer_and_agent(stage, 2)
    sent(stage, agent, employer, unit_form(stage, employer, 51, account__user_name="another"))
    assert enter(stage, another_agent(stage, employer, 7), employer).json["outcome"] == "unit_pending"


def test_an_account_name_of_another_user_is_refused(stage: Stage) -> None:
    admitted(stage)
    employer, agent = employer_and_agent(stage, 2)
    answered = sent(stage, agent, employer, unit_form(stage, employer, 52, account__user_name="USER_51"))
    assert answered.broken == {"account.user_name": "member_user_name_taken"}


def test_pictures_are_checked_uploads_of_the_sender(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    colleague = another_agent(stage, employer, 7)
    cases_of = {
        "evidence_missing": checked_picture(stage, colleague.id, Purpose.BANK_PAGE),
        "evidence_purpose_wrong": checked_picture(stage, agent.id, Purpose.ID_PORTRAIT),
        "evidence_not_checked": checked_picture(stage, agent.id, Purpose.BANK_PAGE, State.REFUSED),
    }
    for code, evidence_id in cases_of.items():
        form = unit_form(stage, employer, attachments__bank_page=evidence_id)
        answered = sent(stage, agent, employer, form)
        assert (answered.code, answered.broken) == (code, {"attachments.bank_page": code})


def test_pictures_belong_to_the_case_for_good(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    case_id = sent(stage, agent, employer, form).json["case_id"]
    rows = [find(one) for one in form["attachments"].values()]
    assert [row.case_id for row in rows if row] == [case_id, case_id]


def test_without_authority_nothing_is_sent(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    stranger: Somebody = person(stage, 9)
    answered: Any = sent(stage, stranger, employer, unit_form(stage, employer))
    assert (answered.status, answered.code) == (403, "no_authority")


def test_numbers_may_be_typed_in_full_width(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    wide: dict[str, Any] = {
        "basic__staff": "３２０",
        "basic__technical_staff": "８５",
        "basic__assets": "１２５００．５",
        "basic__postcode": "０５６００２",
    }
    assert sent(stage, agent, employer, unit_form(stage, employer, **wide)).status == 201
    kept = stage.call("admission.show_unit_profile", token=agent.token, path={"unit_id": employer.id}).json["form"]["basic"]
    assert [kept[name.partition("__")[2]] for name in wide] == [320, 85, "12500.5", "056002"]
