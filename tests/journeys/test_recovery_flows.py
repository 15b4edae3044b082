"""Every kind of recovery holds its order: no step is skipped, repeated, taken elsewhere, with another's ticket, or too late (REC-01)."""

import json
from typing import Any

import pytest

from expertgate.account import store as accounts
from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.recovery.actions.codes import issue_one_time_code
from expertgate.recovery.model import Kind, Step
from expertgate.recovery.store import RecoveryRow, opened
from expertgate.settings import LIMITS
from tests.builders.people import NUMBERS, a_person, a_unit, a_verified_person
from tests.builders.recoveries import Traveller, begin
from tests.functions.recovery.test_start_recovery import named, unit_named
from tests.stage import Answered, Stage
from tests.tree.house import Action, routed

EMAIL, NAME = "li.xiaobo@example.org", "wgzj_flow"
# Which step each door takes; a forgotten mobile branches off the mobile step of a unit, uploads belong to whoever hands in evidence.
TAKES: dict[str, set[Step]] = {
    "verify_recovery_mobile": {Step.VERIFY_MOBILE},
    "verify_recovery_email": {Step.VERIFY_EMAIL},
    "start_recovery_face_check": {Step.CHECK_FACE},
    "set_recovery_password": {Step.SET_PASSWORD},
    "submit_person_appeal": {Step.SUBMIT_EVIDENCE},
    "submit_unit_appeal": {Step.SUBMIT_EVIDENCE},
    "submit_added_mobile": {Step.SUBMIT_EVIDENCE},
    "submit_mobile_reset": {Step.VERIFY_MOBILE},
    "request_recovery_upload": {Step.SUBMIT_EVIDENCE},
    "check_recovery_upload": {Step.SUBMIT_EVIDENCE},
}
OF_UNIT_PASSWORD = {"submit_mobile_reset", "request_recovery_upload", "check_recovery_upload"}
STEPS = [action for action in routed() if action.area == "recovery" and action.name not in {"start_recovery", "show_recovery"}]


def begun(stage: Stage, kind: Kind) -> Traveller:
    """Begin a recovery of a kind, for an account that may go this way."""
    person = a_verified_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    if kind is Kind.PERSON_PASSWORD_BY_MOBILE:
        return begin(stage, kind, mobile=a_person(stage, name=None, document=None).mobile)
    if kind in {Kind.PERSON_PASSWORD_BY_LOGIN_NAME, Kind.PERSON_PASSWORD_BY_EMAIL}:
        return begin(stage, kind, login_name=NAME)
    if kind in {Kind.UNIT_PASSWORD, Kind.UNIT_USER_NAME}:
        given = unit_named(a_unit(stage))
        return begin(stage, kind, **{name: given[name] for name in given if name != "user_name" or kind is Kind.UNIT_PASSWORD})
    if kind in {Kind.PERSON_APPEAL, Kind.UNIT_APPEAL, Kind.ADDED_MOBILE}:
        return begin(stage, kind, mobile="+86" + NUMBERS.mobile())
    if kind is Kind.ONE_TIME_CODE:
        change = Change(stage.world, system("test"))
        code = issue_one_time_code(change, person.id)
        change.commit(None)
        return begin(stage, kind, login_name=NAME, one_time_code=code)
    return begin(stage, kind, **named(person))


def knock(recovery: Traveller, action: Action, **request: Any) -> Answered:
    """Take a step with the body of its sample."""
    sample = json.loads(action.event.read_text("utf-8"))
    body = json.loads(sample["body"]) if sample.get("body") else None
    path = {**(sample.get("pathParameters") or {}), "recovery_id": recovery.id}
    headers = {"recovery-ticket": request.pop("ticket", recovery.ticket)}
    return recovery.stage.call(str(action), body, path=path, headers=headers, **request)


def is_next(recovery: Traveller, kind: Kind, action: Action) -> bool:
    step = Step(recovery.started.json["next"]["step"])
    if kind is Kind.UNIT_PASSWORD and action.name in OF_UNIT_PASSWORD:
        return True
    return step in TAKES[action.name] and action.name != "submit_mobile_reset"


def test_every_step_has_a_line_of_the_table() -> None:
    assert {action.name for action in STEPS} == set(TAKES)


@pytest.mark.parametrize("kind", Kind)
def test_no_step_comes_before_its_turn(stage: Stage, kind: Kind) -> None:
    recovery = begun(stage, kind)
    before = recovery.show().json["next"]["step"]
    refusal = (410, "recovery_over") if before == "done" else (409, "recovery_step_wrong")
    early = [action for action in STEPS if not is_next(recovery, kind, action)]
    assert len(early) >= len(STEPS) - 1 - len(OF_UNIT_PASSWORD)
    answers = {str(action): knock(recovery, action) for action in early}
    assert {name: (one.status, one.code) for name, one in answers.items()} == dict.fromkeys(answers, refusal)
    assert recovery.show().json["next"]["step"] == before


@pytest.mark.parametrize("kind", Kind)
def test_no_step_is_taken_by_anybody_else(stage: Stage, kind: Kind) -> None:
    recovery = begun(stage, kind)
    other = begin(stage, "person_appeal", mobile="+86" + NUMBERS.mobile())
    attempts: list[dict[str, str]] = [{"address": "198.51.100.77"}, {"ticket": "x" * 43}, {"ticket": other.ticket}]
    said = {(one.status, one.code) for action in STEPS for attempt in attempts for one in [knock(recovery, action, **attempt)]}
    assert said == {(404, "recovery_unknown")}


@pytest.mark.parametrize("kind", Kind)
def test_no_step_is_taken_after_its_time(stage: Stage, kind: Kind) -> None:
    recovery = begun(stage, kind)
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert {(one.status, one.code) for one in (knock(recovery, action) for action in STEPS)} == {(410, "recovery_over")}


@pytest.mark.parametrize("kind", [kind for kind in Kind if Step.VERIFY_MOBILE in kind.steps])
def test_a_proven_mobile_is_not_proven_twice(stage: Stage, kind: Kind) -> None:
    recovery = begun(stage, kind)
    mobile = _mobile_of(stage, recovery, kind)
    purpose = recovery.started.json["next"]["code_purpose"]
    assert recovery.prove(mobile, purpose).status == 200
    again = recovery.prove(mobile, purpose)
    assert (again.status, again.code) in {(409, "recovery_step_wrong"), (410, "recovery_over")}


def _mobile_of(stage: Stage, recovery: Traveller, kind: Kind) -> str:
    """Return the mobile that the kind asks for: the account's reserved one, or the one it began with."""
    row = RecoveryRow.find(f"RECOVERY#{recovery.id}")
    assert row is not None
    kept = opened(stage.world, recovery.id, recovery.ticket, row.client).recovery
    account = accounts.account(stage.world, kept.account_id) if kept.account_id else None
    mobile = kept.mobile or (account.mobile if account else None)
    assert mobile, kind
    return mobile
