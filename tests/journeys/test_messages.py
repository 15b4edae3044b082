"""What people are told by short message, event by event, each also in the message centre (MSG-01, ACC-22)."""

from collections.abc import Callable

import pytest

from expertgate.notice.store import NoticeRow
from tests.builders.accounts import PASSWORD, a_person, code_for
from tests.builders.cases import FakeWorkflow, decide, opened
from tests.builders.grants import act, bound, day, person, unit
from tests.builders.grants import opened as entered
from tests.builders.officials import HANDAN, NATIONAL, official
from tests.stage import Stage

type Told = tuple[str, str]  # account and template


def _bound(stage: Stage) -> list[Told]:
    employer, agent = entered(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    return [(agent.id, "grant_bound"), (employer.id, "grant_bound_unit")]


def _revoked(stage: Stage) -> list[Told]:
    employer, agent = entered(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    assert act(stage, employer, "revoke_grant", grant_id).status < 300
    return [(agent.id, "grant_revoked"), (employer.id, "grant_revoked_unit")]


def _changed(stage: Stage) -> list[Told]:
    employer, agent = entered(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    changed = act(stage, employer, "change_validity", made["id"], {"first_day": day(stage), "last_day": day(stage, 100)})
    assert changed.status < 300, changed.text
    return [(agent.id, "grant_validity_changed"), (employer.id, "grant_validity_changed_unit")]


def _ending(stage: Stage, *, days: int) -> tuple[str, str]:
    employer, agent = entered(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 10))
    stage.clock.advance(days=days)
    stage.run("delegation.expire_grants")
    return agent.id, employer.id


def _expiring(stage: Stage) -> list[Told]:
    agent, employer = _ending(stage, days=4)
    return [(agent, "grant_expiring"), (employer, "grant_expiring_unit")]


def _expired(stage: Stage) -> list[Told]:
    agent, employer = _ending(stage, days=11)
    return [(agent, "grant_expired"), (employer, "grant_expired_unit")]


def _mobile_changed(stage: Stage) -> list[Told]:
    made = a_person(stage)
    body = {"mobile": "13700001111", "sms_code": code_for(stage, "change_mobile", "13700001111"), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", body, token=made.token).status == 200
    return [(made.id, "mobile_changed")]


def _reviewed(outcome: str, state: str) -> Callable[[Stage], list[Told]]:
    def review(stage: Stage) -> list[Told]:
        stage.world.__dict__["workflow"] = FakeWorkflow()
        _decided(stage, opened(stage, bureau=NATIONAL), NATIONAL, outcome)
        return [("A1", f"unit_admission_{state}")]

    return review


def _returned(stage: Stage) -> list[Told]:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    _decided(stage, opened(stage), HANDAN, "return")
    return [("A1", "unit_admission_returned")]


def _decided(stage: Stage, case_id: str, bureau: str, outcome: str) -> None:
    answered = decide(stage, case_id, official(stage, bureau), outcome)
    assert answered.status < 300, answered.text
    stage.run("review.close_round", {"case": case_id, "round": 1, "attempt": 1})


def _real_name(stage: Stage) -> list[Told]:
    made = a_person(stage, document_number="130403198103111018", name="王建国")
    assert stage.call("identity.check_real_name", token=made.token).status < 300
    return [(made.id, "real_name_failed")]


_EVENTS: dict[str, Callable[[Stage], list[Told]]] = {
    "grant bound": _bound,
    "grant changed": _changed,
    "grant revoked": _revoked,
    "grant expiring": _expiring,
    "grant expired": _expired,
    "mobile changed": _mobile_changed,
    "review approved": _reviewed("approve", "approved"),
    "review returned": _returned,
    "review rejected": _reviewed("reject", "rejected"),
    "real-name result": _real_name,
}


@pytest.mark.parametrize("event", _EVENTS)
def test_an_event_is_told_by_sms_and_kept(stage: Stage, event: str) -> None:
    expected = _EVENTS[event](stage)
    assert expected
    for account_id, template in expected:
        (row,) = [row for row in NoticeRow.query(f"ACCOUNT#{account_id}") if row.template == template]
        assert (row.delivery, row.unread_for) == ("queued", f"ACCOUNT#{account_id}")
        assert str(row.unseal(stage.world.keys)["mobile"]).startswith("+861")
