"""An operator stops an account: at once, once, told, on record; never his own, never an official's."""

from functools import partial
from typing import Any

import pytest

from expertgate.account.model import SuspensionReason
from expertgate.caller import Language
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.review.model import Duty
from expertgate.wording import say
from tests.builders.accounts import PASSWORD, Made, a_person, a_unit, an_app_person, log_in
from tests.builders.audits import facts_of
from tests.builders.grants import bound, document_of, opened, person, reason, unit
from tests.builders.officials import NATIONAL, PLATFORM, Desk, official
from tests.builders.people import a_verified_person
from tests.builders.recoveries import begin, letters, told
from tests.functions.recovery.test_start_recovery import named
from tests.races.racing import at_once, needs_engine
from tests.stage import Answered, Stage

WHY = {"reason": "account_at_risk", "statement": "持有人来电称账号被他人使用"}


def suspend(stage: Stage, account_id: str, desk: Desk | None = None, **said: Any) -> Answered:
    token = (desk or official(stage, PLATFORM)).token
    return stage.call("account.suspend_account", WHY | said, token=token, path={"account_id": account_id})


def reinstate(stage: Stage, account_id: str, desk: Desk | None = None) -> Answered:
    token = (desk or official(stage, PLATFORM)).token
    return stage.call("account.reinstate_account", {"statement": "已核实"}, token=token, path={"account_id": account_id})


def deeds(stage: Stage, account_id: str) -> list[str]:
    rows = AuditRow.query(f"ACCOUNT#{account_id}")
    return [row.tag for row in rows if row.tag.endswith(("suspended", "reinstated"))]


def _again(stage: Stage, made: Made, kind: str) -> Answered:
    return log_in(stage, made.login_name, kind=kind)


@pytest.mark.parametrize(("make", "kind"), [(a_person, "person"), (a_unit, "unit")])
def test_sessions_end_and_nobody_logs_in(stage: Stage, make: Any, kind: str) -> None:
    made = make(stage)
    answered = suspend(stage, made.id)
    assert (answered.status, answered.json["status"], answered.json["suspension"]["reason"]) == (200, "suspended", WHY["reason"])
    assert stage.call("account.show_account", token=made.token).code == "login_required"
    assert (_again(stage, made, kind).status, _again(stage, made, kind).code) == (403, "account_suspended")
    assert deeds(stage, made.id) == ["account:account:suspended"]
    assert facts_of(f"ACCOUNT#{made.id}", "account:account:suspended") == [{"reason": WHY["reason"]}]


def test_a_closed_account_is_gone(stage: Stage) -> None:
    made = an_app_person(stage)
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=made.token).status == 201
    assert suspend(stage, made.id).code == "account_unknown"


def test_a_wrong_password_learns_of_no_suspension(stage: Stage) -> None:
    made = a_person(stage)
    suspend(stage, made.id)
    assert log_in(stage, made.mobile, "Wrong12345").code == "login_refused"


def test_the_holder_is_told_why_by_every_way(stage: Stage) -> None:
    made = a_verified_person(stage, email="li@example.org", email_proven=True)
    suspend(stage, made.id)
    assert (told(stage, made.id), letters(stage, "li@example.org")) == (["suspended_for_account_at_risk"],) * 2
    (row,) = NoticeRow.query(f"ACCOUNT#{made.id}")
    facts = row.unseal(stage.world.keys)
    assert facts["mobile"] == made.mobile
    assert WHY["statement"] not in str(facts)


@pytest.mark.parametrize("why", SuspensionReason)
def test_every_reason_has_words_for_its_holder(why: SuspensionReason) -> None:
    assert "暂停使用" in say("notices", f"suspended_for_{why}", Language.ZH)
    assert "suspended" in say("notices", f"suspended_for_{why}", Language.EN)


def test_a_units_grants_stop_with_the_same_request(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    assert reason(stage, employer, agent) == "granted"
    suspend(stage, employer.id)
    assert reason(stage, employer, agent) == "unit_closed"
    reinstate(stage, employer.id)
    assert reason(stage, employer, agent) == "at_rest"


def test_a_suspended_agent_acts_for_nobody(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent)
    suspend(stage, agent.id)
    assert reason(stage, employer, agent) == "agent_closed"
    reinstate(stage, agent.id)
    assert reason(stage, employer, agent) == "granted"


def test_suspending_twice_is_once(stage: Stage) -> None:
    made, first = a_person(stage), official(stage, PLATFORM)
    before = suspend(stage, made.id, first).json
    answered = suspend(stage, made.id, reason="other", statement="另一人")
    assert (answered.status, answered.json) == (200, before)
    assert (answered.json["suspension"]["by"], deeds(stage, made.id)) == (first.id, ["account:account:suspended"])
    assert told(stage, made.id).count("suspended_for_account_at_risk") == 1


def test_two_operators_at_once_suspend_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    made = a_unit(stage)
    desks = [official(stage, PLATFORM) for _ in range(4)]
    answers = at_once([partial(suspend, stage, made.id, one) for one in desks])
    assert {one.status for one in answers} <= {200, 409}
    assert len({one.json["suspension"]["by"] for one in answers if one.status == 200}) == 1
    assert deeds(stage, made.id) == ["account:account:suspended"]
    assert told(stage, made.id).count("suspended_for_account_at_risk") == 1


def test_suspending_and_reinstating_at_once_ends_in_one(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    made = a_person(stage)
    suspend(stage, made.id)
    desks = [official(stage, PLATFORM) for _ in range(4)]
    answers = at_once([partial(deed, stage, made.id, one) for one, deed in zip(desks, [suspend, reinstate] * 2, strict=True)])
    assert {one.status for one in answers} <= {200, 409}
    is_open = _again(stage, made, "person").status == 201
    assert is_open is (len(deeds(stage, made.id)) % 2 == 0)


def test_nobody_suspends_himself(stage: Stage) -> None:
    own = person(stage, 7)
    himself = official(stage, PLATFORM, document=document_of(7))
    assert (suspend(stage, own.id, himself).status, suspend(stage, own.id, himself).code) == (403, "own_account")
    suspend(stage, own.id)
    assert reinstate(stage, own.id, himself).code == "own_account"


def test_nobody_suspends_a_unit_he_acts_for(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage, 7)
    bound(stage, employer, agent)
    assert suspend(stage, employer.id, official(stage, PLATFORM, document=document_of(7))).code == "own_account"
    assert reason(stage, employer, agent) == "granted"


def test_an_official_and_a_stranger_are_no_accounts(stage: Stage) -> None:
    for account_id in (official(stage, NATIONAL, Duty.ADMINISTRATOR).id, "01KJQM8Y4QZ0V8H5X2C7N9RT3B", "-"):
        answered = suspend(stage, account_id)
        assert (answered.status, answered.code) == (404, "account_unknown")


@pytest.mark.parametrize(("bureau", "duty"), [(NATIONAL, Duty.ADMINISTRATOR), (PLATFORM, Duty.SUPPORT), (NATIONAL, Duty.SUPERVISOR)])
def test_another_duty_is_not_enough(stage: Stage, bureau: str, duty: Duty) -> None:
    made = a_person(stage)
    assert suspend(stage, made.id, official(stage, bureau, duty)).code == "duty_missing"
    assert _again(stage, made, "person").status == 201


@pytest.mark.parametrize(
    ("said", "broken"), [({"reason": "dislike"}, {"reason": "not_in_list"}), ({"statement": ""}, {"statement": "required"})]
)
def test_a_reason_and_a_statement_are_needed(stage: Stage, said: dict[str, Any], broken: dict[str, str]) -> None:
    made = a_person(stage)
    assert suspend(stage, made.id, **said).broken == broken
    assert deeds(stage, made.id) == []


def test_a_recovery_opens_no_suspended_account(stage: Stage) -> None:
    made = a_verified_person(stage, user_name="wgzj_li")
    recovery = begin(stage, "person_password", **named(made))
    assert made.mobile
    recovery.prove(made.mobile)
    suspend(stage, made.id)
    assert recovery.set_password("Neue-Wolke-7").status == 200
    assert log_in(stage, "wgzj_li", "Neue-Wolke-7").code == "account_suspended"
