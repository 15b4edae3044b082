"""Exporting own data: everything, unmasked, only with the password, and on record."""

from expertgate.outbound.audit import AuditRow
from tests.builders.accounts import PASSWORD, a_person, a_unit
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


def test_without_the_password_nothing_is_exported(stage: Stage) -> None:
    made = a_person(stage)
    answered = stage.call("account.export_account", {"current_password": "Wrong12345"}, token=made.token)
    assert (answered.status, answered.broken) == (422, {"current_password": "password_refused"})
    assert made.form["document_number"] not in answered.text
