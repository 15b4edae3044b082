"""Exporting own data: everything, unmasked, only with the password, and on record."""

from itertools import batched

from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.audit import AuditRow
from expertgate.settings import LIMITS
from tests.builders.accounts import PASSWORD, a_person, a_unit
from tests.builders.cases import FakeWorkflow, applicant, as_system, opened
from tests.stage import Stage


def test_the_export_holds_what_is_kept(stage: Stage) -> None:
    made = a_person(stage)
    answered = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token, key="export-0001")
    assert answered.status == 201
    account = answered.json["account"]
    assert (account["name"], account["mobile"]) == ("陈晓波", f"+86{made.mobile}")
    assert account["document"]["number"] == made.form["document_number"]
    assert [one["agreement"] for one in answered.json["consents"]] == ["user_agreement", "privacy_policy"]
    assert {one["tag"] for one in answered.json["deeds"]} >= {"account:person:registered", "account:session:begun"}
    assert "account:data:exported" in [row.tag for row in AuditRow.query(f"ACCOUNT#{made.id}")]


def test_a_unit_exports_its_people_too(stage: Stage) -> None:
    made = a_unit(stage)
    account = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json["account"]
    assert account["unit"]["main_agent"]["name"] == "钱文静"


def test_more_than_a_page_of_messages_is_exported(stage: Stage) -> None:
    made = a_person(stage)
    for _ in range(3):
        change = as_system(stage)
        for _ in range(40):
            tell(change, recipient(made.id), "mobile_changed", mobile="139****0000")
        change.commit(None)
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    assert len([one for one in exported["messages"] if one["template"] == "mobile_changed"]) == 120
    assert exported["left_off"] == []


def test_what_is_left_off_is_said(stage: Stage) -> None:
    made = a_person(stage)
    _with_old_deeds(stage, made.id, LIMITS.exported_rows)
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    assert (len(exported["deeds"]), exported["left_off"]) == (LIMITS.exported_rows, ["deeds"])
    assert "account:person:registered" in {one["tag"] for one in exported["deeds"]}


def test_cases_are_named(stage: Stage) -> None:
    made = a_person(stage)
    stage.world.__dict__["workflow"] = FakeWorkflow()
    case_id = opened(stage, applicant=applicant(made.id))
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    assert [(one["id"], one["concluded"]) for one in exported["cases"]] == [(case_id, False)]


def test_without_the_password_nothing_is_exported(stage: Stage) -> None:
    made = a_person(stage)
    answered = stage.call("account.export_account", {"current_password": "Wrong12345"}, token=made.token)
    assert (answered.status, answered.broken) == (422, {"current_password": "password_refused"})
    assert made.form["document_number"] not in answered.text


def _with_old_deeds(stage: Stage, account_id: str, count: int) -> None:
    for part in batched(range(count), 90, strict=False):
        change = as_system(stage)
        for number in part:
            row = AuditRow(pk=f"ACCOUNT#{account_id}", sk=f"2024-01-01#{number:06}", tag="account:session:begun", actor=account_id)
            row.actor_kind, row.request_id, row.at, row.facts = "person", "request", "2024-01-01T00:00:00.000Z", "{}"
            change.put(row)
        change.commit(None)
