"""The state of a check is told to the one who started it, and time ends it without any sweep."""

from typing import Any

from expertgate.account.model import RealName
from tests.builders.faces import call_back, scanned
from tests.builders.people import a_person, token_of
from tests.stage import Stage


def started(stage: Stage) -> tuple[str, dict[str, Any]]:
    token = token_of(stage, a_person(stage, real_name=RealName.PASSED))
    return token, stage.call("identity.start_face_check", {}, token=token).json


def state(stage: Stage, token: str, check: str) -> str:
    return str(stage.call("identity.show_face_check", token=token, path={"face_check_id": check}).json["state"])


def test_the_state_follows_the_result(stage: Stage) -> None:
    token, begun = started(stage)
    assert state(stage, token, begun["face_check_id"]) == "waiting"
    call_back(stage, *scanned(begun), "failed")
    assert state(stage, token, begun["face_check_id"]) == "failed"


def test_an_unanswered_check_expires(stage: Stage) -> None:
    token, begun = started(stage)
    stage.clock.advance(seconds=599)
    assert state(stage, token, begun["face_check_id"]) == "waiting"
    stage.clock.advance(seconds=1)
    assert state(stage, token, begun["face_check_id"]) == "expired"


def test_somebody_elses_check_is_unknown(stage: Stage) -> None:
    _, begun = started(stage)
    other = token_of(stage, a_person(stage))
    for check in (begun["face_check_id"], "01KJPZ5B80000000000000000"):
        assert stage.call("identity.show_face_check", token=other, path={"face_check_id": check}).code == "face_check_unknown"
