"""The call-back: a good one counts once; forged, late, repeated and foreign ones change nothing and are answered alike."""

import json
from typing import Any

import pytest

from expertgate.account.model import Account, RealName, RealPerson, Status
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from tests.builders.faces import call_back, scanned
from tests.builders.people import a_person, again, token_of, with_facts
from tests.stage import Stage


@pytest.fixture
def person(stage: Stage) -> Account:
    return a_person(stage, real_name=RealName.PASSED)


def begin(stage: Stage, person: Account) -> tuple[str, str]:
    return scanned(stage.call("identity.start_face_check", {}, token=token_of(stage, person)).json)


def test_a_passed_check_is_noted_once(stage: Stage, person: Account) -> None:
    check, state = begin(stage, person)
    for _ in range(3):
        answered = call_back(stage, check, state)
        assert (answered.status, answered.json) == (200, {"received": True})
    assert again(stage, person).real_person is RealPerson.PASSED
    told = [row.template for row in NoticeRow.query(f"ACCOUNT#{person.id}")]
    assert told == ["real_person_passed"]
    deeds = [row.tag for row in AuditRow.query(f"ACCOUNT#{person.id}")]
    assert deeds.count("identity:face_check:passed") == 1


def test_a_failed_check_leaves_the_account_alone(stage: Stage, person: Account) -> None:
    check, state = begin(stage, person)
    call_back(stage, check, state, "failed")
    call_back(stage, check, state, "passed")
    assert again(stage, person).real_person is RealPerson.NOT_PASSED


FORGED: dict[str, dict[str, Any]] = {
    "another secret": {"secret": "guessed"},
    "a changed body": {"sent": '{"check": "x", "state": "y", "outcome": "passed"}'},
    "no json": {"body": "passed"},
    "a list": {"body": "[]"},
    "no outcome": {"body": json.dumps({"check": "x", "state": "y"})},
    "a short nonce": {"nonce": "1"},
    "a nonce of another alphabet": {"nonce": "n" * 65},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_result_changes_nothing(stage: Stage, person: Account, forged: dict[str, Any]) -> None:
    answered = call_back(stage, *begin(stage, person), **forged)
    assert (answered.status, answered.json) == (200, {"received": True})
    assert again(stage, person).real_person is RealPerson.NOT_PASSED


@pytest.mark.parametrize(("seconds", "counts"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_time_may_differ_by_five_minutes(stage: Stage, person: Account, seconds: int, counts: bool) -> None:
    call_back(stage, *begin(stage, person), at=stage.clock.now().timestamp() + seconds)
    assert (again(stage, person).real_person is RealPerson.PASSED) is counts


def test_a_result_after_the_end_is_late(stage: Stage, person: Account) -> None:
    begun = begin(stage, person)
    stage.clock.advance(seconds=600)
    assert call_back(stage, *begun).status == 200
    assert again(stage, person).real_person is RealPerson.NOT_PASSED


def test_a_nonce_counts_for_one_check_only(stage: Stage, person: Account) -> None:
    other = a_person(stage, real_name=RealName.PASSED)
    mine, others = begin(stage, person), begin(stage, other)
    call_back(stage, *mine, "passed", nonce="0" * 32)
    call_back(stage, *others, "passed", nonce="0" * 32)
    assert again(stage, person).real_person is RealPerson.PASSED
    assert again(stage, other).real_person is RealPerson.NOT_PASSED


def test_a_foreign_state_is_worth_nothing(stage: Stage, person: Account) -> None:
    other = a_person(stage, real_name=RealName.PASSED)
    (mine, _), (_, state_of_other) = begin(stage, person), begin(stage, other)
    call_back(stage, mine, state_of_other)
    call_back(stage, "01KJPZ5B80000000000000000", state_of_other)
    assert again(stage, person).real_person is RealPerson.NOT_PASSED
    assert again(stage, other).real_person is RealPerson.NOT_PASSED


@pytest.mark.parametrize("change_to", [{"name": "别的名字"}, {"status": Status.SUSPENDED}])
def test_the_face_must_belong_to_the_account_still(stage: Stage, person: Account, change_to: dict[str, Any]) -> None:
    begun = begin(stage, person)
    with_facts(stage, person.id, **change_to)
    call_back(stage, *begun)
    assert again(stage, person).real_person is RealPerson.NOT_PASSED
