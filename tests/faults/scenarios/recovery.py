"""Faults on the way back to an account."""

from typing import Any

from tests.builders.numbers import Numbers
from tests.builders.people import a_verified_person, held
from tests.builders.recoveries import NEW_PASSWORD, Traveller, begin, code_for
from tests.faults.scenario import Asked, Send, asking, scenario
from tests.stage import Stage

_NUMBERS = Numbers("lost")
_NUMBER, _MOBILE = _NUMBERS.resident_id(), f"+86{_NUMBERS.mobile()}"
_NAMED = {"name": "李晓波", "document_number": _NUMBER}


def _lost(stage: Stage) -> None:
    a_verified_person(stage, document=held(_NUMBER), mobile=_MOBILE)


def _begun(stage: Stage, kind: str = "person_password") -> Traveller:
    _lost(stage)
    return begin(stage, kind, **_NAMED)


def _step(traveller: Traveller, action: str, body: Any) -> Asked:
    headers = {"recovery-ticket": traveller.ticket}
    return asking(traveller.stage, f"recovery.{action}", body, path={"recovery_id": traveller.id}, headers=headers)


@scenario("recovery.start_recovery")
def _start_recovery(stage: Stage) -> Send:
    _lost(stage)
    return asking(stage, "recovery.start_recovery", {"kind": "person_password", **_NAMED})


@scenario("recovery.verify_recovery_mobile")
def _verify_recovery_mobile(stage: Stage) -> Send:
    traveller = _begun(stage)
    stage.clock.advance(seconds=61)
    return _step(traveller, "verify_recovery_mobile", {"mobile": _MOBILE, "sms_code": code_for(stage, _MOBILE, "reset_password")})


@scenario("recovery.start_recovery_face_check")
def _start_recovery_face_check(stage: Stage) -> Send:
    return _step(_begun(stage, "person_password_by_face"), "start_recovery_face_check", {"channel": "app"})


@scenario("recovery.set_recovery_password")
def _set_recovery_password(stage: Stage) -> Send:
    traveller = _begun(stage)
    assert traveller.prove(_MOBILE).status == 200
    body = {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD}
    return _step(traveller, "set_recovery_password", body)
