"""Exporting own data: everything, unmasked, only with the password, and on record."""

from itertools import batched

import pytest

from expertgate.account.actions import exporting
from expertgate.account.model import RealName
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.audit import AuditRow
from expertgate.settings import LIMITS
from tests.builders.accounts import PASSWORD, a_person, a_unit
from tests.builders.cases import FORM, FakeWorkflow, applicant, as_system, opened
from tests.builders.grants import Somebody, bound
from tests.builders.grants import opened as opened_service
from tests.builders.people import PASSWORD as THEIR_PASSWORD
from tests.builders.people import a_unit as a_granting_unit
from tests.builders.people import a_verified_person, token_of
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


def test_an_export_is_not_kept_to_be_repeated(stage: Stage) -> None:
    made, body = a_person(stage), {"current_password": PASSWORD}
    first = stage.call("account.export_account", body, token=made.token, key="export-0001").json["made_at"]
    stage.clock.advance(seconds=1)
    assert stage.call("account.export_account", body, token=made.token, key="export-0001").json["made_at"] > first


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


def test_nothing_is_left_off_that_just_fits(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_person(stage)
    deeds = len(list(AuditRow.query(f"ACCOUNT#{made.id}")))
    _with_old_deeds(stage, made.id, 2 * deeds)
    for _ in range(3 * deeds):
        change = as_system(stage)
        tell(change, recipient(made.id), "mobile_changed", mobile="139****0000")
        change.commit(None)
    monkeypatch.setattr(exporting, "_SIZE", deeds)
    monkeypatch.setattr(exporting, "LIMITS", LIMITS._replace(exported_rows=3 * deeds))
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    assert (len(exported["deeds"]), len(exported["messages"]), exported["left_off"]) == (3 * deeds, 3 * deeds, [])


def test_cases_are_named(stage: Stage) -> None:
    made = a_person(stage)
    stage.world.__dict__["workflow"] = FakeWorkflow()
    case_id = opened(stage, applicant=applicant(made.id))
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    assert [(one["id"], one["concluded"], one["form"]) for one in exported["cases"]] == [(case_id, False, FORM)]
    assert [(one["kind_name"], one["state_name"]) for one in exported["cases"]] == [("单位信息审核", "审核中")]


def test_what_tells_of_others_is_not_exported(stage: Stage) -> None:
    made, agent = a_unit(stage), "AGENT"
    stage.world.__dict__["workflow"] = FakeWorkflow()
    opened(stage, applicant=applicant(agent, made.id))
    opened(
        stage,
        kind="duplicate_hold",
        bureau=None,
        applicant=applicant(made.id),
        subject="PAIR",
        form={"held": {}, "others": [{"name": "王小明"}]},
    )
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token)
    assert {one["kind"]: one["form"] for one in exported.json["cases"]} == {"unit_admission": None, "duplicate_hold": {"held": {}}}
    assert "王小明" not in exported.text


def test_grants_are_exported_to_both_sides(stage: Stage) -> None:
    agent, employer = a_verified_person(stage), a_granting_unit(stage, real_name=RealName.PASSED)
    sides = [Somebody(one.id, token_of(stage, one), one.known_as) for one in (agent, employer)]
    grant = bound(stage, opened_service(stage, sides[1]), sides[0]).json["id"]
    for side, other in zip(sides, ("unit_id", "agent_id"), strict=True):
        exported = stage.call("account.export_account", {"current_password": THEIR_PASSWORD}, token=side.token)
        (shown,) = exported.json["grants"]
        assert (shown["id"], shown["service"], shown["state"], other in shown) == (grant, "fepms", "in_force", True)


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
