"""Who does not hold a case sees no number and no person's name of its form, whatever the kind."""

import json
from typing import Any

import pytest

from expertgate.review.rules.masking import masked

NUMBER, MOBILE, ACCOUNT, MAIL = "130403199001010012", "+8613800138000", "6222020402000012345", "lixiaobo@example.cn"
CONTACT = {"user_name": "user_1", "name_zh": "李晓波", "name_en": "Li Xiaobo", "department": "科研处", "document_number": NUMBER}
REACHED = {"mobile": MOBILE, "landline": "0310-3123456", "fax": "0310-3123457", "email": MAIL}
FORMS: dict[str, dict[str, Any]] = {
    "unit_admission": {
        "basic": {"name_zh": "邯郸科技", "name_en": "Handan Technology", "bank_account": ACCOUNT, "uscc": "91130400MA0000000X"},
        "account": {**CONTACT, **REACHED},
    },
    "member_admission": {**CONTACT, **REACHED, "address": "邯郸市丛台区"},
    "duplicate_hold": {
        "held": {"name": "李晓波", "document_number": NUMBER, "mobile": MOBILE},
        "others": [{"name": "李晓波", "document_number": NUMBER, "mobile": MOBILE, "same": ["mobile"]}],
    },
    "real_name_evidence": {"unit_name": "邯郸科技", "legal_representative": "李晓波"},
    "appeal": {"reason": "name_changed", "name": "李晓波", "document_number": NUMBER, "mobile": MOBILE},
    "mobile_reset": {"unit_name": "邯郸科技", "mobile": MOBILE},
}


@pytest.mark.parametrize("kind", FORMS)
def test_no_form_shows_a_person_to_others(kind: str) -> None:
    shown = json.dumps(masked(FORMS[kind]), ensure_ascii=False)
    secrets = (NUMBER, MOBILE, MOBILE[3:], ACCOUNT, MAIL, "3123456", "3123457", "李晓波", "Xiaobo")
    assert [one for one in secrets if one in shown] == []


def test_fields_are_masked_by_how_they_end() -> None:
    form: dict[str, object] = {"contact_mobile": MOBILE, "agent_document_number": NUMBER, "work_email": MAIL, "main_agent_name": "李晓波"}
    shown = masked({**form, "immobile": MOBILE, "mobile_kind": "work"})
    assert {name for name in form if shown[name] == form[name]} == set()
    assert (shown["immobile"], shown["mobile_kind"]) == (MOBILE, "work")


def test_what_is_no_text_stays_as_given() -> None:
    form: dict[str, object] = {"mobile": None, "email": "", "has_mobile": True, "account_number": 7}
    assert masked({**form, "contacts": {"fax": [None, "0310-3123457"]}}) == {**form, "contacts": {"fax": [None, "0*********57"]}}


def test_what_is_the_units_and_public_stays() -> None:
    shown = masked(FORMS["unit_admission"])
    assert shown["basic"] == {**FORMS["unit_admission"]["basic"], "bank_account": "***************2345"}
    assert masked(FORMS["real_name_evidence"])["unit_name"] == "邯郸科技"
    assert masked({"basic": {"staff": 120, "fax": ""}, "list": ["a"]}) == {"basic": {"staff": 120, "fax": ""}, "list": ["a"]}
