"""An operator finds an account by what its holder knows; it is shown masked, and each look is on record."""

from typing import Any

import pytest

from expertgate.outbound.audit import AuditRow
from tests.builders.accounts import a_person, a_unit
from tests.builders.officials import HANDAN, PLATFORM, official
from tests.functions.account.test_suspend_account import WHY, suspend
from tests.stage import Answered, Stage


def _find(stage: Stage, kind: str, login_name: str, **request: Any) -> Answered:
    token = request.pop("token", None) or official(stage, PLATFORM).token
    return stage.call("account.find_account", {"kind": kind, "login_name": login_name}, token=token, **request)


@pytest.mark.parametrize("field", ["mobile", "document_number"])
def test_a_person_is_found_and_masked(stage: Stage, field: str) -> None:
    made = a_person(stage)
    found = _find(stage, "person", made.form[field])
    assert (found.status, found.json["account_id"], found.json["name"], found.json["status"]) == (200, made.id, "陈*波", "active")
    assert made.mobile not in found.text
    assert made.form["document_number"] not in found.text


@pytest.mark.parametrize("field", ["user_name", "uscc"])
def test_a_unit_is_found(stage: Stage, field: str) -> None:
    made = a_unit(stage)
    found = _find(stage, "unit", made.form[field])
    assert (found.json["account_id"], found.json["name"]) == (made.id, made.form["unit_name"])


def test_why_it_was_suspended_is_shown(stage: Stage) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    shown = _find(stage, "person", made.mobile).json
    assert (shown["status"], shown["suspension"]["statement"], shown["suspension"]["ended"]) == ("suspended", WHY["statement"], None)


def test_each_look_is_on_record(stage: Stage) -> None:
    made, desk = a_person(stage), official(stage, PLATFORM)
    _find(stage, "person", made.mobile, token=desk.token)
    looks = [row.actor for row in AuditRow.query(f"ACCOUNT#{made.id}") if row.tag == "account:account:looked_up"]
    assert looks == [desk.id]


def test_nobody_is_found_under_an_unknown_name(stage: Stage) -> None:
    made, unit = a_person(stage), a_unit(stage)
    for kind, name in (("person", "13700009999"), ("unit", made.mobile), ("unit", "no such unit"), ("person", unit.login_name)):
        assert (_find(stage, kind, name).status, _find(stage, kind, name).code) == (404, "account_unknown")


def test_a_reviewer_finds_nobody(stage: Stage) -> None:
    assert _find(stage, "person", a_person(stage).mobile, token=official(stage, HANDAN).token).code == "duty_missing"


@pytest.mark.parametrize(("language", "names"), [("zh", ("已暂停使用", "存在安全风险")), ("en", ("suspended", "the account is at risk"))])
def test_a_suspension_is_told_in_words(stage: Stage, language: str, names: tuple[str, str]) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    shown = _find(stage, "person", made.mobile, language=language).json
    assert (shown["status_name"], shown["suspension"]["reason_name"]) == names
