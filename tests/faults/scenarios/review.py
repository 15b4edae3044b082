"""Faults while a case goes its way: at the desk, and in the workflow."""

from expertgate import effects
from expertgate.caller import CallerKind
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.review.model import Duty
from expertgate.review.rules.totp import STEP_SECONDS, code_at
from expertgate.review.store import jobs, officials
from expertgate.settings import settings
from tests.builders.cases import as_system, claim, decide, decision, opened
from tests.builders.evidence import a_checked_file
from tests.builders.grants import document_of
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.faults.scenario import Asked, Send, asking, running, scenario
from tests.stage import Stage, session_for

_PASS = '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
_PASSWORD = "Baihe#Qiao7421"
_NEW = {
    "user_name": "handan_li",
    "name": "李晓波",
    "mobile": "13800138000",
    "document_type": "passport",
    "document_number": "E12345678",
    "bureau": HANDAN,
    "duties": ["reviewer"],
}


def _desk(stage: Stage, number: int = 1, bureau: str = HANDAN, *duties: Duty) -> Desk:
    """Return the same official each time: what is kept of his number must not differ between two plays."""
    return official(stage, bureau, *duties, mobile=f"139111100{number:02}", document=document_of(5000 + number))


def engine_here() -> None:
    """Make the machine that executions are started on; what it does is not of interest here."""
    name = settings().review_machine.rpartition(":")[2]
    client("stepfunctions").create_state_machine(name=name, definition=_PASS, roleArn="arn:aws:iam::123456789012:role/workflow")


def _waiting(stage: Stage) -> tuple[str, Desk]:
    """Return a case that an execution waits for at the first level, and an official who may decide it."""
    engine_here()
    effects.EFFECTS["unit_admission"] = "tests.builders.cases:note_effect"
    case = opened(stage)
    stage.run("review.open_level", {"case": case, "round": 1, "attempt": 1, "token": "token-of-a-level"})
    stage.plays["settle"] = lambda: _come_by(stage)
    return case, _desk(stage)


def _come_by(stage: Stage) -> None:
    """Let the reconciler come by: a lost call to the workflow is its to mend."""
    for _ in range(3):
        stage.clock.advance(days=2)
        stage.run("review.reconcile_cases", {})
        stage.run("review.move_work", {})


def at_desk(stage: Stage, deed: str) -> Asked:
    """Return an official's deed with a case that lies on his desk."""
    case, desk = _waiting(stage)
    body = None
    if deed != "claim_case":
        seen = claim(stage, case, desk).json
        body = decision(seen) if deed == "decide_case" else None
    return asking(stage, f"review.{deed}", body, token=desk.token, path={"case_id": case})


@scenario("review.claim_case")
def _claim_case(stage: Stage) -> Send:
    return at_desk(stage, "claim_case")


def _left_behind(stage: Stage) -> tuple[str, Desk, Change]:
    """Return a case, who has it on his desk, and the change by which he is disabled, not yet committed."""
    case, leaver = _waiting(stage)
    claim(stage, case, leaver)
    change = as_system(stage)
    officials.disable(change, officials.official(stage.world, leaver.id))
    return case, leaver, change


@scenario("review.claim_case:left behind")
def _claim_left_case(stage: Stage) -> Send:
    case, _, change = _left_behind(stage)
    change.commit(None)
    return asking(stage, "review.claim_case", token=_desk(stage, 2).token, path={"case_id": case})


@scenario("review.release_case")
def _release_case(stage: Stage) -> Send:
    return at_desk(stage, "release_case")


@scenario("review.decide_case")
def _decide_case(stage: Stage) -> Send:
    return at_desk(stage, "decide_case")


@scenario("review.decide_case:return")
def _return_case(stage: Stage) -> Send:
    case, desk = _waiting(stage)
    body = decision(claim(stage, case, desk).json, "return")
    return asking(stage, "review.decide_case", body, token=desk.token, path={"case_id": case})


@scenario("review.decide_case:reject")
def _reject_case(stage: Stage) -> Send:
    case, desk = _waiting(stage)
    body = decision(claim(stage, case, desk).json, "reject")
    return asking(stage, "review.decide_case", body, token=desk.token, path={"case_id": case})


@scenario("review.withdraw_case")
def _withdraw_case(stage: Stage) -> Send:
    case, _ = _waiting(stage)
    return asking(stage, "review.withdraw_case", token=session_for(stage, CallerKind.PERSON, "A1"), path={"case_id": case})


@scenario("review.create_official")
def _create_official(stage: Stage) -> Send:
    return asking(stage, "review.create_official", _NEW, token=_desk(stage, 9, NATIONAL, Duty.ADMINISTRATOR).token)


def _invited(stage: Stage) -> dict[str, str]:
    code = _create_official(stage)().json["enrolment_code"]
    return {"user_name": "handan_li", "enrolment_code": code, "password": _PASSWORD, "password_confirmation": _PASSWORD}


@scenario("review.enrol_official")
def _enrol_official(stage: Stage) -> Send:
    return asking(stage, "review.enrol_official", _invited(stage))


@scenario("review.log_in_official")
def _log_in_official(stage: Stage) -> Send:
    secret = stage.call("review.enrol_official", _invited(stage)).json["totp_secret"]
    code = code_at(secret, int(stage.clock.now().timestamp()) // STEP_SECONDS)
    return asking(stage, "review.log_in_official", {"user_name": "handan_li", "password": _PASSWORD, "code": code})


@scenario("review.assign_case")
def _assign_case(stage: Stage) -> Send:
    case, desk = _waiting(stage)
    supervisor = _desk(stage, 2, HANDAN, Duty.SUPERVISOR)
    return asking(stage, "review.assign_case", {"official_id": desk.id}, token=supervisor.token, path={"case_id": case})


@scenario("review.assign_case:another")
def _reassign_case(stage: Stage) -> Send:
    case, former = _waiting(stage)
    claim(stage, case, former)
    desk, supervisor = _desk(stage, 3), _desk(stage, 2, HANDAN, Duty.SUPERVISOR)
    return asking(stage, "review.assign_case", {"official_id": desk.id}, token=supervisor.token, path={"case_id": case})


def _to_official(stage: Stage, deed: str, body: object = None) -> Asked:
    """Return what the administrator does to an official who holds a case."""
    case, desk = _waiting(stage)
    claim(stage, case, desk)
    administrator = _desk(stage, 9, NATIONAL, Duty.ADMINISTRATOR)
    return asking(stage, f"review.{deed}", body, token=administrator.token, path={"official_id": desk.id})


@scenario("review.disable_official")
def _disable_official(stage: Stage) -> Send:
    return _to_official(stage, "disable_official")


@scenario("review.move_official")
def _move_official(stage: Stage) -> Send:
    return _to_official(stage, "move_official", {"bureau": HEBEI, "duties": ["reviewer"]})


@scenario("review.invite_official")
def _invite_official(stage: Stage) -> Send:
    return _to_official(stage, "invite_official")


@scenario("review.open_handover")
def _open_handover(stage: Stage) -> Send:
    engine_here()
    giver, taker = _desk(stage), _desk(stage, 2)
    stage.plays["settle"] = lambda: _come_by(stage)
    document = a_checked_file(stage, giver.id, "red_headed_document")
    body = {"from_official_id": giver.id, "to_official_id": taker.id, "reason": "岗位调整", "attachments": [document]}
    return asking(stage, "review.open_handover", body, token=giver.token)


@scenario("review.close_round:handover")
def _close_handover(stage: Stage) -> Send:
    case = _open_handover(stage)().json["id"]
    assert decide(stage, case, _desk(stage, 3, NATIONAL)).status == 201
    return running(stage, "review.close_round", {"case": case, "round": 1, "attempt": 1})


@scenario("review.open_level")
def _open_level(stage: Stage) -> Send:
    engine_here()
    return running(stage, "review.open_level", {"case": opened(stage), "round": 1, "attempt": 1, "token": "token-of-a-level"})


@scenario("review.close_round")
def _close_round(stage: Stage) -> Send:
    case, desk = _waiting(stage)
    assert decide(stage, case, desk, "reject").status == 201
    return running(stage, "review.close_round", {"case": case, "round": 1, "attempt": 1})


@scenario("review.reconcile_cases")
def _reconcile_cases(stage: Stage) -> Send:
    case = opened(stage)
    engine_here()
    stage.clock.advance(minutes=10)
    stage.plays["settle"] = lambda: _mended(stage, case)
    return running(stage, "review.reconcile_cases", {})


def _mended(stage: Stage, case: str) -> None:
    """Let the schedule come by once more; the case must have an execution then."""
    stage.clock.advance(days=2)
    stage.run("review.reconcile_cases", {})
    running_ones = client("stepfunctions").list_executions(stateMachineArn=settings().review_machine)["executions"]
    assert [one["name"] for one in running_ones if case in one["name"]]


@scenario("review.move_work")
def _move_work(stage: Stage) -> Send:
    """Leave the moving of a case to the task: its official is disabled, and the request died before it moved anything."""
    _, leaver, change = _left_behind(stage)
    jobs.order(change, leaver.id, None)
    change.commit(None)
    return running(stage, "review.move_work", {})


@scenario("review.remind_officials")
def _remind_officials(stage: Stage) -> Send:
    case, desk = _waiting(stage)
    claim(stage, case, desk)
    stage.plays["settle"] = lambda: stage.run("review.remind_officials", {})  # the schedule comes by again
    stage.clock.advance(days=4)
    return running(stage, "review.remind_officials", {})
