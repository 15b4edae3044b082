"""The face branch: the check of this recovery alone opens the next step."""

from expertgate.account.model import RealPerson
from tests.builders.faces import call_back, pass_face, scanned
from tests.builders.people import a_verified_person, again, token_of
from tests.builders.recoveries import begin
from tests.functions.recovery.test_start_recovery import named
from tests.stage import Stage


def test_a_passed_face_opens_the_next_step(stage: Stage) -> None:
    recovery = begin(stage, "person_password_by_face", **named(a_verified_person(stage)))
    started = recovery.call("start_recovery_face_check", {"channel": "app"}).json
    assert (started["face"]["open_url"] is not None, started["recovery"]["face_state"]) == (True, "waiting")
    assert recovery.set_password().code == "recovery_step_wrong"
    pass_face(stage, started["face"])
    shown = recovery.show().json
    assert (shown["face_state"], shown["next"]["step"]) == ("passed", "set_password")
    assert recovery.set_password().status == 200


def test_a_passed_face_is_not_shown_twice(stage: Stage) -> None:
    recovery = begin(stage, "person_password_by_face", **named(a_verified_person(stage)))
    pass_face(stage, recovery.call("start_recovery_face_check", {}).json["face"])
    assert recovery.call("start_recovery_face_check", {}).code == "recovery_step_wrong"
    assert recovery.set_password().status == 200


def test_a_failed_face_may_be_shown_again(stage: Stage) -> None:
    recovery = begin(stage, "person_password_by_face", **named(a_verified_person(stage)))
    first = recovery.call("start_recovery_face_check", {"channel": "web"}).json["face"]
    call_back(stage, *scanned(first), "failed")
    assert recovery.show().json["face_state"] == "failed"
    pass_face(stage, recovery.call("start_recovery_face_check", {"channel": "web"}).json["face"])
    assert recovery.show().json["next"]["step"] == "set_password"


def test_an_earlier_check_does_not_count(stage: Stage) -> None:
    recovery = begin(stage, "person_password_by_face", **named(a_verified_person(stage)))
    first = recovery.call("start_recovery_face_check", {}).json["face"]
    recovery.call("start_recovery_face_check", {})
    pass_face(stage, first)
    assert recovery.show().json["next"]["step"] == "check_face"


def test_a_check_of_another_recovery_does_not_count(stage: Stage) -> None:
    person = a_verified_person(stage)
    mine, other = (begin(stage, "person_password_by_face", **named(person)) for _ in range(2))
    pass_face(stage, other.call("start_recovery_face_check", {}).json["face"])
    mine.call("start_recovery_face_check", {})
    assert mine.show().json["next"]["step"] == "check_face"


def test_a_recovery_check_changes_no_account(stage: Stage) -> None:
    person = a_verified_person(stage, real_person=RealPerson.TO_BE_RENEWED)
    recovery = begin(stage, "person_password_by_face", **named(person))
    started = recovery.call("start_recovery_face_check", {}).json["face"]
    pass_face(stage, started)
    assert again(stage, person).real_person is RealPerson.TO_BE_RENEWED
    shown = stage.call("identity.show_face_check", token=token_of(stage, person), path={"face_check_id": started["face_check_id"]})
    assert shown.code == "face_check_unknown"


def test_other_recoveries_ask_for_no_face(stage: Stage) -> None:
    recovery = begin(stage, "person_password", **named(a_verified_person(stage)))
    assert recovery.call("start_recovery_face_check", {}).code == "recovery_step_wrong"
