"""Faults while somebody is on his way back to an account."""

from collections.abc import Callable
from typing import Any

from expertgate.account.model import Account, RealName, RealPerson
from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.recovery.actions.codes import issue_one_time_code
from tests.builders.cases import FakeWorkflow, decide
from tests.builders.evidence import a_checked_file, send
from tests.builders.grants import document_of
from tests.builders.numbers import Numbers
from tests.builders.officials import PLATFORM, Desk, official
from tests.builders.people import NUMBERS, a_person, a_unit, a_verified_person, held, token_of
from tests.builders.pictures import identity_card
from tests.builders.recoveries import NEW_PASSWORD, Traveller, attached, begin, code_for, email_code_for
from tests.faults.scenario import Send, asking, running, scenario
from tests.stage import Stage

_NUMBERS = Numbers("fault of recovery")
_NUMBER, _UNIT_NUMBER = _NUMBERS.resident_id(), _NUMBERS.uscc()
_EMAIL = "li.xiaobo@example.org"
_MOBILE, _NEW_MOBILE, _OTHER_MOBILE = (f"+86{_NUMBERS.mobile()}" for _ in range(3))


def _person(stage: Stage, **about: Any) -> Account:
    return a_verified_person(stage, document=held(_NUMBER), mobile=_MOBILE, **about)


def _unit(stage: Stage) -> Account:
    NUMBERS.begin_again("fault")  # the same unit in every world
    return a_unit(stage, user_name="fault_unit")


def _begun(stage: Stage, kind: str = "person_password") -> Traveller:
    _person(stage)
    return begin(stage, kind, name="李晓波", document_number=_NUMBER)


def _next(recovery: Traveller, action: str, body: object = None) -> Send:
    headers, path = {"recovery-ticket": recovery.ticket}, {"recovery_id": recovery.id}
    return asking(recovery.stage, f"recovery.{action}", body, headers=headers, path=path)


def _appealing(stage: Stage, kind: str, purpose: str = "appeal", mobile: str = _NEW_MOBILE) -> Traveller:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    recovery = begin(stage, kind, mobile=mobile)
    recovery.prove(mobile, purpose)
    return recovery


@scenario("recovery.start_recovery")
def _start(stage: Stage) -> Send:
    _person(stage)
    return asking(stage, "recovery.start_recovery", {"kind": "person_password", "name": "李晓波", "document_number": _NUMBER})


@scenario("recovery.start_recovery:one_time_code")
def _start_by_code(stage: Stage) -> Send:
    person = _person(stage, user_name="fault_person")
    change = Change(stage.world, system("test"))
    once = {"login_name": "fault_person", "one_time_code": issue_one_time_code(change, person.id)}
    change.commit(None)
    return asking(stage, "recovery.start_recovery", {"kind": "one_time_code", **once})


@scenario("recovery.verify_recovery_mobile")
def _verify(stage: Stage) -> Send:
    recovery = _begun(stage)
    return _next(recovery, "verify_recovery_mobile", {"mobile": _MOBILE, "sms_code": code_for(stage, _MOBILE, "reset_password")})


@scenario("recovery.verify_recovery_email")
def _verify_email(stage: Stage) -> Send:
    _person(stage, user_name="fault_person", email=_EMAIL, email_proven=True)
    recovery = begin(stage, "person_password_by_email", login_name="fault_person")
    return _next(recovery, "verify_recovery_email", {"email": _EMAIL, "email_code": email_code_for(stage, _EMAIL)})


@scenario("recovery.start_recovery_face_check")
def _face(stage: Stage) -> Send:
    return _next(_begun(stage, "person_password_by_face"), "start_recovery_face_check", {})


@scenario("recovery.set_recovery_password")
def _set(stage: Stage) -> Send:
    recovery = _begun(stage)
    recovery.prove(_MOBILE)
    return _next(recovery, "set_recovery_password", {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD})


@scenario("recovery.request_recovery_upload")
def _upload(stage: Stage) -> Send:
    body = {"purpose": "document_front", "file_name": "a.png", "media_type": "image/png"}
    return _next(_appealing(stage, "person_appeal"), "request_recovery_upload", body)


@scenario("recovery.check_recovery_upload")
def _check(stage: Stage) -> Send:
    recovery = _appealing(stage, "person_appeal")
    body = {"purpose": "document_front", "file_name": "a.png", "media_type": "image/png"}
    upload = recovery.call("request_recovery_upload", body).json
    send(upload, identity_card("emblem"))
    headers, path = {"recovery-ticket": recovery.ticket}, {"recovery_id": recovery.id, "evidence_id": upload["id"]}
    return asking(stage, "recovery.check_recovery_upload", headers=headers, path=path)


@scenario("recovery.submit_person_appeal")
def _person_appeal(stage: Stage) -> Send:
    _person(stage, email=_EMAIL, email_proven=True)
    return _appealing_person(stage)


def _appealing_person(stage: Stage, mobile: str = _NEW_MOBILE, reason: str = "lost") -> Send:
    recovery = _appealing(stage, "person_appeal", mobile=mobile)
    body = {"reason": reason, "name": "李晓波", "document_number": _NUMBER, "statement": "忘记", **attached(recovery, "document_front")}
    return _next(recovery, "submit_person_appeal", body)


@scenario("recovery.submit_unit_appeal")
def _unit_appeal(stage: Stage) -> Send:
    return _appealing_unit(stage)


def _appealing_unit(stage: Stage, **said: str) -> Send:
    unit = _unit(stage)
    assert unit.unit
    recovery = _appealing(stage, "unit_appeal")
    own = {"reason": "lost", "unit_name": unit.unit.unit_name, "uscc": unit.unit.uscc, "main_agent_name": "吴小敏", "statement": "忘记"}
    return _next(recovery, "submit_unit_appeal", own | said | attached(recovery, "document_front"))


@scenario("recovery.submit_mobile_reset")
def _mobile_reset(stage: Stage) -> Send:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    unit = _unit(stage)
    assert unit.unit
    named = {"unit_name": unit.unit.unit_name, "uscc": unit.unit.uscc}
    recovery = begin(stage, "unit_password", user_name="fault_unit", **named)
    files = attached(recovery, "business_licence", "id_portrait", "id_emblem", "mobile_proof")
    code = code_for(stage, _NEW_MOBILE, "reset_mobile")
    return _next(recovery, "submit_mobile_reset", {**named, "mobile": _NEW_MOBILE, "sms_code": code, **files})


@scenario("recovery.submit_added_mobile")
def _added_mobile(stage: Stage) -> Send:
    a_person(stage, user_name="fault_legacy", name=None, document=None, mobile=None)
    recovery = _appealing(stage, "added_mobile", "add_mobile")
    said = {"login_name": "fault_legacy", "reason": "离职", "name": "李晓波", "document_number": _NUMBER, "unit_name": "邯郸市某某有限公司"}
    return _next(recovery, "submit_added_mobile", said | attached(recovery, "stamped_application", "id_portrait", "id_emblem"))


@scenario("identity.submit_real_name_evidence")
def _real_name(stage: Stage) -> Send:
    stage.world.__dict__["workflow"] = FakeWorkflow()
    person = a_person(stage, document=held(_NUMBER), mobile=_MOBILE, real_name=RealName.FAILED)
    body = {"document_front": a_checked_file(stage, person.id, "document_front")}
    return asking(stage, "identity.submit_real_name_evidence", body, token=token_of(stage, person))


@scenario("recovery.submit_person_appeal:replacing")
def _appeal_again(stage: Stage) -> Send:
    """Appeal anew, from another mobile, after an appeal was returned and its ticket ran out."""
    sent = _person_appeal(stage)().json["case"]["case_id"]
    remarks = [{"field": "statement", "text": "请写明经过"}]
    assert decide(stage, sent, _operator(stage), "return", remarks=remarks).status == 201
    stage.run("review.close_round", {"case": sent, "round": 1, "attempt": 1})
    stage.clock.advance(days=31)
    return _appealing_person(stage, _OTHER_MOBILE)


@scenario("review.close_round:added mobile taken")
def _close_taken_mobile(stage: Stage) -> Send:
    closing = _closing(stage, _added_mobile(stage), "approve")
    a_person(stage, mobile=_NEW_MOBILE, name=None, document=None)
    return closing


@scenario("review.close_round:appeal of a bound document approved")
def _close_bound_document(stage: Stage) -> Send:
    """Give the holder of a document the account that somebody else has under its number."""
    _person(stage, name="冒名者", real_name=RealName.FAILED, real_person=RealPerson.NOT_PASSED)
    return _closing(stage, _appealing_person(stage, reason="document_bound"), "approve")


@scenario("review.close_round:appeal of a bound name approved")
def _close_bound_name(stage: Stage) -> Send:
    """Give a unit the account that has its name under another code."""
    return _closing(stage, _appealing_unit(stage, reason="name_bound", uscc=_UNIT_NUMBER), "approve")


def _operator(stage: Stage) -> Desk:
    return official(stage, PLATFORM, mobile="13911119999", document=document_of(7001))


def _closing(stage: Stage, sent: Send, outcome: str) -> Send:
    """Return the last step of what was sent, after an operator decided it."""
    answer = sent().json
    case = answer.get("case", answer)["case_id"]
    assert decide(stage, case, _operator(stage), outcome).status == 201
    return running(stage, "review.close_round", {"case": case, "round": 1, "attempt": 1})


_SENT = {
    "appeal": _person_appeal,
    "appeal of a unit": _unit_appeal,
    "mobile reset": _mobile_reset,
    "added mobile": _added_mobile,
    "real name": _real_name,
}


def _closes(kind: str, outcome: str) -> Callable[[Stage], Send]:
    return lambda stage: _closing(stage, _SENT[kind](stage), outcome)


for _kind in _SENT:
    scenario(f"review.close_round:{_kind} approved")(_closes(_kind, "approve"))
    scenario(f"review.close_round:{_kind} rejected")(_closes(_kind, "reject"))
