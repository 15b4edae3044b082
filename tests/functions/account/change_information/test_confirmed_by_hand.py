"""What an operator confirmed after the register did not (ID-02) is kept up to date, though the register still says no."""

from typing import Any

import pytest

from expertgate.account.model import RealName
from expertgate.account.store import AccountRow
from tests.builders.accounts import Made, a_person, a_unit, unit_form
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage

UNKNOWN = {"document_type": "resident_id", "document_number": "130403198103111018", "name": "王建国"}
VALIDITY = {"start": "2020-05-20", "term": "20"}


def confirmed(made: Made) -> Made:
    """Let an operator have confirmed what the register did not."""
    row = AccountRow.find(f"ACCOUNT#{made.id}")
    assert row is not None
    assert row.real_name == RealName.FAILED
    row.update([AccountRow.real_name.set(RealName.PASSED.value)])
    return made


def changed(stage: Stage, made: Made, **body: Any) -> Answered:
    version = stage.call("account.show_account", token=made.token).json["version"]
    return stage.call("account.change_information", {"version": version} | body, token=made.token)


@pytest.fixture
def unit(stage: Stage) -> Made:
    """Return a unit that the register does not know and an operator confirmed."""
    return confirmed(a_unit(stage, 1, uscc="9113040069FCD92893", unit_name="邯郸市未登记贸易有限公司"))


def test_a_missing_validity_is_completed(stage: Stage) -> None:
    made = confirmed(a_person(stage, **UNKNOWN, validity=None))
    answered = stage.call("account.complete_information", UNKNOWN | {"validity": VALIDITY}, token=made.token)
    assert answered.status == 201, answered.text
    assert (answered.json["real_name"], answered.json["missing"]) == ("passed", ["check_real_person"])


def test_a_renewed_document_is_noted(stage: Stage) -> None:
    made = confirmed(a_person(stage, **UNKNOWN))
    answered = changed(stage, made, person=UNKNOWN | {"validity": VALIDITY})
    assert (answered.status, answered.json["real_name"], answered.json["real_name_reason"]) == (200, "passed", "number_unknown")
    assert stage.call("account.show_account", token=made.token).json["document"]["valid_to"] == "2040-05-20"


def test_another_name_must_be_registered(stage: Stage) -> None:
    made = confirmed(a_person(stage, **UNKNOWN))
    assert changed(stage, made, person=UNKNOWN | {"name": "王建军"}).code == "register_differs"


def test_a_unit_takes_another_main_agent(stage: Stage, unit: Made) -> None:
    answered = changed(
        stage, unit, main_agent={"document_type": "resident_id", "document_number": Numbers(91).resident_id(), "name": "孙小代"}
    )
    assert (answered.status, answered.text.count("passed")) == (200, 1)


def test_an_agent_the_register_does_not_know_is_refused(stage: Stage, unit: Made) -> None:
    assert changed(stage, unit, main_agent=UNKNOWN).code == "register_differs"


def test_another_representative_needs_the_register(stage: Stage, unit: Made) -> None:
    other = unit_form(7)["legal_representative"] | {"document_number": Numbers(92).resident_id(), "name": "周新任"}
    assert changed(stage, unit, legal_representative=other).code == "register_differs"
    assert stage.call("account.show_account", token=unit.token).json["real_name"] == "passed"
