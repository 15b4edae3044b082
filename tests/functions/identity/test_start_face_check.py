"""A face check begins on the web with a code to scan, on the telephone with an address; for real-named persons only."""

import pytest

from expertgate.account.model import RealName, RealPerson
from expertgate.outbound.face import FaceAsked, FaceSilent
from expertgate.settings import LIMITS
from tests.builders.faces import pass_face, scanned
from tests.builders.people import a_person, a_unit, again, held, token_of
from tests.stage import Stage


def test_the_web_gets_a_code_to_scan(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.PASSED)
    started = stage.call("identity.start_face_check", {"channel": "web"}, token=token_of(stage, person))
    assert started.status == 201
    assert started.json["scan"]["svg"].startswith("<svg")
    assert started.json["face_check_id"] in started.json["scan"]["text"]
    assert (started.json["open_url"], started.json["expires_in"]) == (None, 600)
    assert person.document
    assert person.document.number not in started.text


def test_the_app_gets_an_address_to_open(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.PASSED)
    started = stage.call("identity.start_face_check", {"channel": "app"}, token=token_of(stage, person)).json
    assert started["scan"] is None
    assert scanned(started)[0] == started["face_check_id"]


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"real_name": RealName.FAILED}, "real_name_required"),
        ({"real_name": RealName.UNCHECKED}, "real_name_required"),
        ({"name": None, "document": None}, "information_incomplete"),
        ({"real_name": RealName.PASSED, "real_person": RealPerson.PASSED}, "real_person_already_passed"),
    ],
)
def test_whoever_is_not_ready_is_refused(stage: Stage, about: dict[str, object], code: str) -> None:
    refused = stage.call("identity.start_face_check", {}, token=token_of(stage, a_person(stage, **about)))
    assert refused.code == code


def test_after_a_reset_the_check_is_renewed(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.PASSED, real_person=RealPerson.TO_BE_RENEWED)
    pass_face(stage, stage.call("identity.start_face_check", {}, token=token_of(stage, person)).json)
    assert again(stage, person).real_person is RealPerson.PASSED


def test_units_and_strangers_have_no_face(stage: Stage) -> None:
    assert stage.call("identity.start_face_check", {}, token=token_of(stage, a_unit(stage))).code == "caller_kind_refused"
    assert stage.call("identity.start_face_check", {}).code == "login_required"


def test_an_unknown_channel_is_named(stage: Stage) -> None:
    token = token_of(stage, a_person(stage, real_name=RealName.PASSED))
    refused = stage.call("identity.start_face_check", {"channel": "fax"}, token=token)
    assert refused.broken == {"channel": "not_in_list"}


def test_a_silent_provider_can_be_asked_again(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.PASSED, document=held("130403198603161062"))
    refused = stage.call("identity.start_face_check", {}, token=token_of(stage, person))
    assert (refused.status, refused.code) == (503, "face_provider_silent")


def test_an_account_can_not_ask_forever(stage: Stage) -> None:
    class Silent:
        def start(self, _: FaceAsked) -> str:
            raise FaceSilent

    stage.world.__dict__["face"] = Silent()
    token = token_of(stage, a_person(stage, real_name=RealName.PASSED))
    for _ in range(LIMITS.face_checks_an_hour):
        assert stage.call("identity.start_face_check", {}, token=token).status == 503
    refused = stage.call("identity.start_face_check", {}, token=token)
    assert (refused.code, refused.headers["Retry-After"]) == ("too_many_checks", "3600")
