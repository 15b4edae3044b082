"""A unit's appeal: by anyone of the unit; a renamed one under its newest name, with its change statement."""

from typing import Any

import pytest

from expertgate.account import store
from expertgate.account.model import Account, Status
from expertgate.forms.names import parse_unit_name
from expertgate.review.store import cases
from expertgate.settings import LIMITS
from tests.builders.audits import facts_of
from tests.builders.cases import FakeWorkflow
from tests.builders.people import NUMBERS, a_unit, again
from tests.builders.recoveries import NEW_PASSWORD, Traveller, attached, begin, decided, last_message, messages, refused
from tests.functions.recovery.test_start_recovery import unit_named
from tests.stage import Stage

NEW_NAME = "邯郸市丛台新名称仪器有限公司"


@pytest.fixture
def unit(stage: Stage, workflow: FakeWorkflow) -> Account:
    assert workflow.started == []
    return a_unit(stage)


def proven(stage: Stage) -> tuple[Traveller, str]:
    mobile = "+86" + NUMBERS.mobile()
    recovery = begin(stage, "unit_appeal", mobile=mobile)
    assert recovery.prove(mobile, "appeal").status == 200
    return recovery, mobile


def form(recovery: Traveller, unit: Account, *files: str, **changed: Any) -> dict[str, Any]:
    assert unit.unit
    said = {"reason": "lost", "unit_name": unit.unit.unit_name, "uscc": unit.unit.uscc}
    more = {"main_agent_name": "新任经办", "statement": "原主代办人离职"}
    return {**said, **more, **attached(recovery, *(files or ("document_front", "document_back"))), **changed}


def renamed(recovery: Traveller, unit: Account) -> dict[str, Any]:
    return form(recovery, unit, "document_front", "change_statement", reason="renamed", unit_name=NEW_NAME)


def test_a_unit_gets_its_user_name_and_a_code(stage: Stage, unit: Account) -> None:
    recovery, mobile = proven(stage)
    answered = recovery.call("submit_unit_appeal", form(recovery, unit))
    decided(stage, answered.json["case"]["case_id"])
    said = last_message(stage, mobile, "appeal_approved")
    assert said["login_name"] == unit.user_name
    assert begin(stage, "one_time_code", login_name=unit.user_name, one_time_code=said["code"]).set_password(NEW_PASSWORD).status == 200


def test_a_renamed_unit_takes_its_new_name(stage: Stage, unit: Account) -> None:
    recovery, mobile = proven(stage)
    answered = recovery.call("submit_unit_appeal", renamed(recovery, unit))
    decided(stage, answered.json["case"]["case_id"])
    changed = again(stage, unit)
    assert changed.unit
    assert (changed.unit.unit_name, changed.name) == (NEW_NAME, NEW_NAME)
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == unit.user_name
    given = {name: value for name, value in unit_named(unit).items() if name != "user_name"}
    assert refused(stage, "unit_user_name", **given) == "recovered_account_unknown"
    assert begin(stage, "unit_user_name", **(given | {"unit_name": NEW_NAME})).started.json["user_name"] == unit.user_name


def test_a_renaming_frees_the_old_name(stage: Stage, workflow: FakeWorkflow) -> None:
    assert workflow.started == []
    unit = a_unit(stage, email="office@example.org", email_proven=True)
    assert unit.unit
    recovery, _ = proven(stage)
    answered = recovery.call("submit_unit_appeal", renamed(recovery, unit))
    decided(stage, answered.json["case"]["case_id"])
    names = [("unit_name", parse_unit_name(one).key) for one in (unit.unit.unit_name, NEW_NAME)]
    assert store.holders(stage.world, *names) == [None, unit.id]
    assert again(stage, unit).proven_email is None
    assert facts_of(f"ACCOUNT#{unit.id}", "account:unit:renamed") == [{}]


def test_the_official_reads_all_that_was_sent(stage: Stage, unit: Account) -> None:
    recovery, mobile = proven(stage)
    body = form(recovery, unit, "document_front", "document_back", "change_statement", reason="renamed", unit_name=NEW_NAME)
    case_id = recovery.call("submit_unit_appeal", body).json["case"]["case_id"]
    files = {one: body.pop(one) for one in ("document_front", "document_back", "change_statement")}
    expected = {**body, "attachments": files, "account_id": unit.id, "mobile": mobile}
    assert cases.round_of(stage.world, case_id, 1).form == expected


def test_a_returned_renaming_is_corrected(stage: Stage, unit: Account) -> None:
    recovery, _ = proven(stage)
    body = renamed(recovery, unit)
    case_id = recovery.call("submit_unit_appeal", body).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "attachments.change_statement", "text": "未盖公章"}])
    assert recovery.call("submit_unit_appeal", body | {"unit_name": "邯郸市再改名有限公司"}).code == "fields_not_open"
    assert recovery.call("submit_unit_appeal", body | attached(recovery, "change_statement")).status == 202


def test_who_lost_the_ticket_appeals_anew(stage: Stage, unit: Account) -> None:
    recovery, mobile = proven(stage)
    case_id = recovery.call("submit_unit_appeal", form(recovery, unit)).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "statement", "text": "请写明原因"}])
    anew = begin(stage, "unit_appeal", mobile=mobile)
    assert anew.prove(mobile, "appeal").status == 200
    answered = anew.call("submit_unit_appeal", form(anew, unit))
    assert answered.status == 202
    assert (cases.case(stage.world, case_id).state, recovery.show().json["case"]["state"]) == ("withdrawn", "withdrawn")
    assert "application_replaced" not in messages(stage, mobile)  # who sent the new one knows
    decided(stage, answered.json["case"]["case_id"])
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == unit.user_name


def test_a_strangers_returned_appeal_lapses_with_its_ticket(stage: Stage, unit: Account) -> None:
    stranger, old_mobile = proven(stage)
    case_id = stranger.call("submit_unit_appeal", form(stranger, unit)).json["case"]["case_id"]
    decided(stage, case_id, "return", remarks=[{"field": "statement", "text": "请写明原因"}])
    recovery, _ = proven(stage)
    assert recovery.call("submit_unit_appeal", form(recovery, unit)).code == "case_already_open"
    stage.clock.advance(days=31)
    recovery, _ = proven(stage)
    assert recovery.call("submit_unit_appeal", form(recovery, unit)).status == 202
    assert last_message(stage, old_mobile, "application_replaced") == {}


def test_a_rejected_renaming_renames_nothing(stage: Stage, unit: Account) -> None:
    recovery, _ = proven(stage)
    answered = recovery.call("submit_unit_appeal", renamed(recovery, unit))
    decided(stage, answered.json["case"]["case_id"], "reject", reason="变更声明未盖章")
    assert again(stage, unit).unit == unit.unit


def test_a_taken_name_still_sends_the_code(stage: Stage, unit: Account) -> None:
    recovery, mobile = proven(stage)
    answered = recovery.call("submit_unit_appeal", renamed(recovery, unit))
    a_unit(stage, NEW_NAME)
    decided(stage, answered.json["case"]["case_id"])
    assert again(stage, unit).unit == unit.unit
    assert last_message(stage, mobile, "appeal_approved")["login_name"] == unit.user_name


def test_a_renamed_unit_needs_its_statement(stage: Stage, unit: Account) -> None:
    recovery, _ = proven(stage)
    body = form(recovery, unit, reason="renamed", unit_name=NEW_NAME)
    assert recovery.call("submit_unit_appeal", body).broken == {"change_statement": "change_statement_required"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"unit_name": NEW_NAME}, "recovered_account_unknown"),
        ({"uscc": "91130400B08C7833XN"}, "recovered_account_unknown"),
    ],
)
def test_name_and_code_must_be_the_units(stage: Stage, unit: Account, changed: dict[str, str], code: str) -> None:
    recovery, _ = proven(stage)
    answered = recovery.call("submit_unit_appeal", form(recovery, unit, **changed))
    assert (answered.code, "用最新单位名称" in answered.json["title"]) == (code, True)


def test_nobody_appeals_for_a_closed_unit(stage: Stage, workflow: FakeWorkflow) -> None:
    recovery, _ = proven(stage)
    assert recovery.call("submit_unit_appeal", form(recovery, a_unit(stage, status=Status.CLOSED))).code == "recovered_account_unknown"
    assert workflow.started == []


def test_persons_reasons_are_not_units(stage: Stage, unit: Account) -> None:
    recovery, _ = proven(stage)
    body = form(recovery, unit, reason="document_bound")
    assert recovery.call("submit_unit_appeal", body).broken == {"reason": "appeal_reason"}


def test_a_unit_appeal_is_not_a_way_to_ask(stage: Stage, unit: Account) -> None:
    recovery, _ = proven(stage)
    body = form(recovery, unit, unit_name="邯郸市别家仪器有限公司")
    for _ in range(LIMITS.recoveries_per_target_an_hour):
        assert recovery.call("submit_unit_appeal", body).status == 404
    assert recovery.call("submit_unit_appeal", body).code == "too_many_recoveries"


@pytest.mark.parametrize(("kind", "purpose"), [("person_appeal", "appeal"), ("added_mobile", "add_mobile")])
def test_another_kind_appeals_for_no_unit(stage: Stage, unit: Account, kind: str, purpose: str) -> None:
    mobile = "+86" + NUMBERS.mobile()
    recovery = begin(stage, kind, mobile=mobile)
    assert recovery.prove(mobile, purpose).status == 200
    assert recovery.call("submit_unit_appeal", form(recovery, unit)).code == "recovery_step_wrong"
