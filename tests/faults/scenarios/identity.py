"""Faults while somebody shows who he is."""

from typing import Any

from expertgate.account.model import RealName
from tests.builders.faces import call_back, scanned
from tests.builders.numbers import Numbers
from tests.builders.people import a_person, held, token_of
from tests.faults.scenario import Send, asking, scenario
from tests.stage import Stage

_NUMBERS = Numbers("fault")
_FIXED: dict[str, Any] = {"document": held(_NUMBERS.resident_id()), "mobile": f"+86{_NUMBERS.mobile()}"}


@scenario("identity.check_real_name")
def _check_real_name(stage: Stage) -> Send:
    return asking(stage, "identity.check_real_name", token=token_of(stage, a_person(stage, **_FIXED)))


@scenario("identity.start_face_check")
def _start_face_check(stage: Stage) -> Send:
    token = token_of(stage, a_person(stage, **_FIXED, real_name=RealName.PASSED))
    return asking(stage, "identity.start_face_check", {}, token=token)


@scenario("identity.receive_face_result")
def _receive_face_result(stage: Stage) -> Send:
    token = token_of(stage, a_person(stage, **_FIXED, real_name=RealName.PASSED))
    check, state = scanned(stage.call("identity.start_face_check", {}, token=token).json)
    return lambda: call_back(stage, check, state, nonce="0123456789abcdef0123456789abcdef")
