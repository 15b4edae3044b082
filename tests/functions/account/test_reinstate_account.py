"""A suspended account goes on: the holder logs in anew, a unit confirms its grants; what is not suspended stays as it is."""

from tests.builders.accounts import a_person, log_in
from tests.builders.grants import again, bound, document_of, opened, person, reason, unit
from tests.builders.officials import HANDAN, PLATFORM, official
from tests.builders.recoveries import told
from tests.functions.account.test_suspend_account import deeds, reinstate, suspend
from tests.stage import Stage


def test_the_holder_logs_in_anew(stage: Stage) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    answered = reinstate(stage, made.id)
    assert (answered.status, answered.json["status"], answered.json["suspension"]["ended_statement"]) == (200, "active", "已核实")
    assert stage.call("account.show_account", token=made.token).code == "login_required"
    assert log_in(stage, made.mobile).status == 201
    assert "account_reinstated" in told(stage, made.id)


def test_a_unit_confirms_its_grants_one_by_one(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    suspend(stage, employer.id)
    assert stage.call("delegation.confirm_grants", {"grant_ids": [grant_id]}, token=employer.token).code == "login_required"
    reinstate(stage, employer.id)
    assert "unit_reinstated" in told(stage, employer.id)
    assert reason(stage, employer, agent) == "at_rest"


def test_what_is_not_suspended_stays_as_it_is(stage: Stage) -> None:
    made = a_person(stage)
    answered = reinstate(stage, made.id)
    assert (answered.status, answered.json["status"], answered.json["suspension"]) == (200, "active", None)
    assert stage.call("account.show_account", token=made.token).status == 200
    assert (deeds(stage, made.id), told(stage, made.id)) == ([], [])


def test_reinstating_twice_is_once(stage: Stage) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    before = reinstate(stage, made.id).json
    assert reinstate(stage, made.id).json == before
    assert sorted(deeds(stage, made.id)) == ["account:account:reinstated", "account:account:suspended"]


def test_only_an_operator_reinstates(stage: Stage) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    assert reinstate(stage, made.id, official(stage, HANDAN)).code == "duty_missing"
    assert reinstate(stage, "nobody", official(stage, PLATFORM)).code == "account_unknown"
    assert log_in(stage, made.mobile).code == "account_suspended"


def test_an_operator_who_is_no_agent_may(stage: Stage) -> None:
    employer, somebody = opened(stage, unit(stage)), person(stage, 7)
    desk = official(stage, PLATFORM, document=document_of(7))
    assert suspend(stage, employer.id, desk).json["status"] == "suspended"
    assert reinstate(stage, employer.id, desk).json["status"] == "active"
    bound(stage, again(stage, employer), somebody)
    assert suspend(stage, employer.id, desk).code == "own_account"
    suspend(stage, employer.id)
    assert reinstate(stage, employer.id, desk).code == "own_account"
