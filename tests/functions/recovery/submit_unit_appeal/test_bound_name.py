"""An appeal of a unit that finds its name registered under another credit code."""

from dataclasses import replace
from typing import Any

import pytest

from expertgate.account.model import Account, RealName
from tests.builders.accounts import log_in
from tests.builders.audits import facts_of
from tests.builders.cases import FakeWorkflow
from tests.builders.people import NUMBERS, PASSWORD, a_unit, again, token_of, with_facts
from tests.builders.recoveries import NEW_PASSWORD, Traveller, begin, decided, last_message, messages, refused, told
from tests.functions.recovery.test_start_recovery import unit_named
from tests.functions.recovery.test_submit_unit_appeal import form, proven
from tests.stage import Answered, Stage


@pytest.fixture
def squatted(stage: Stage, workflow: FakeWorkflow) -> Account:
    """Return an account with a unit's name under another code, which the register did not confirm."""
    assert workflow.started == []
    return a_unit(stage, real_name=RealName.FAILED, email="stranger@example.org", email_proven=True)


@pytest.fixture
def own() -> str:
    """Return the credit code that the unit really has."""
    return NUMBERS.uscc()


def appealed(recovery: Traveller, account: Account, own: str, **changed: Any) -> Answered:
    return recovery.call("submit_unit_appeal", form(recovery, account, **{"reason": "name_bound", "uscc": own} | changed))


def approved(stage: Stage, account: Account, own: str) -> str:
    recovery, mobile = proven(stage)
    answered = appealed(recovery, account, own)
    assert answered.status == 202, answered.text
    decided(stage, answered.json["case"]["case_id"])
    return mobile


def test_the_unit_gets_the_account_of_its_name(stage: Stage, squatted: Account, own: str) -> None:
    mobile = approved(stage, squatted, own)
    said = last_message(stage, mobile, "appeal_approved")
    begun = begin(stage, "one_time_code", login_name=said["login_name"], one_time_code=said["code"])
    assert begun.set_password(NEW_PASSWORD).status == 200
    answered = log_in(stage, said["login_name"], NEW_PASSWORD, kind="unit")
    shown = stage.call("account.show_account", token=answered.json["token"]).json
    assert (shown["unit"]["uscc"], shown["real_name"], shown["email_state"]) == (own, "unchecked", "none")
    assert (shown["unit"]["legal_representative"], shown["unit"]["main_agent"]) == (None, None)
    assert {"consent_to_agreements", "complete_information"} <= set(shown["missing"])


def test_its_code_is_the_accounts_alone(stage: Stage, squatted: Account, own: str) -> None:
    assert squatted.unit
    approved(stage, squatted, own)
    changed, before = again(stage, squatted), unit_named(squatted)
    assert unit_named(changed) == before | {"uscc": own}
    assert refused(stage, "unit_password", **before) == "recovered_account_unknown"
    a_unit(stage, "邯郸市复兴精密仪器有限公司", unit=replace(squatted.unit, unit_name="别家", name_key="别家"))  # the wrong code is free
    assert facts_of(f"ACCOUNT#{squatted.id}", "account:holder:replaced") == [{}]


def test_who_had_its_name_is_out(stage: Stage, squatted: Account, own: str) -> None:
    session = token_of(stage, squatted)
    approved(stage, squatted, own)
    assert stage.call("account.show_account", token=session).code == "login_required"
    assert log_in(stage, squatted.user_name or "", PASSWORD, kind="unit").code == "login_refused"
    assert "appeal_granted" in told(stage, squatted.id)


def test_a_rejected_appeal_leaves_its_account(stage: Stage, squatted: Account, own: str) -> None:
    recovery, _ = proven(stage)
    case_id = appealed(recovery, squatted, own).json["case"]["case_id"]
    decided(stage, case_id, "reject", reason="证照与单位不符")
    assert again(stage, squatted) == squatted


def test_a_confirmed_code_can_not_be_appealed_away(stage: Stage, workflow: FakeWorkflow, own: str) -> None:
    assert workflow.started == []
    recovery, _ = proven(stage)
    refusal = appealed(recovery, a_unit(stage, real_name=RealName.PASSED), own)
    assert (refusal.code, "单位名称已绑定其他账号" in refusal.json["title"]) == ("recovered_account_unknown", True)


def test_the_accounts_own_code_is_no_other(stage: Stage, squatted: Account) -> None:
    recovery, _ = proven(stage)
    assert squatted.unit
    assert appealed(recovery, squatted, squatted.unit.uscc).code == "recovered_account_unknown"


def test_who_only_lost_it_knows_its_code(stage: Stage, squatted: Account, own: str) -> None:
    recovery, _ = proven(stage)
    assert appealed(recovery, squatted, own, reason="lost").code == "recovered_account_unknown"


def test_a_code_with_an_account_finds_that_one(stage: Stage, squatted: Account, own: str) -> None:
    assert squatted.unit
    a_unit(stage, unit=replace(squatted.unit, unit_name="旧名称", name_key="旧名称", uscc=own))
    recovery, _ = proven(stage)
    assert appealed(recovery, squatted, own).code == "recovered_account_unknown"


def test_a_name_without_an_account_finds_none(stage: Stage, squatted: Account, own: str) -> None:
    recovery, _ = proven(stage)
    assert appealed(recovery, squatted, own, unit_name="邯郸市别家仪器有限公司").code == "recovered_account_unknown"


@pytest.mark.parametrize("happened", ["confirmed", "taken"])
def test_what_happened_meanwhile_keeps_the_account(stage: Stage, squatted: Account, own: str, happened: str) -> None:
    recovery, mobile = proven(stage)
    case_id = appealed(recovery, squatted, own).json["case"]["case_id"]
    assert squatted.unit
    if happened == "taken":
        a_unit(stage, unit=replace(squatted.unit, unit_name="旧名称", name_key="旧名称", uscc=own))
    else:
        with_facts(stage, squatted.id, real_name=RealName.PASSED)
    before = again(stage, squatted)
    decided(stage, case_id)
    assert [one for one in messages(stage, mobile) if one.startswith("appeal")] == ["appeal_outdated"]
    assert again(stage, squatted) == before
