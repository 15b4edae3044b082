"""Codes by short message: limits with the seconds to wait, nothing told about who is registered."""

import pytest

from expertgate.notice.store import NoticeRow
from tests.builders.accounts import a_person, code_for, code_sent
from tests.builders.captchas import solved
from tests.stage import Answered, Stage

MOBILE = "13912345678"


def _send(stage: Stage, mobile: str = MOBILE, purpose: str = "register_person", **request: object) -> Answered:
    return stage.call("account.send_sms_code", {"purpose": purpose, "mobile": mobile}, **request)


def test_a_code_is_sent_and_the_wait_stated(stage: Stage) -> None:
    answered = _send(stage)
    assert (answered.status, answered.json) == (201, {"sent_to": "139****5678", "resend_after": 60, "expires_in": 300})
    assert len(code_sent(stage, MOBILE)) == 6


def test_full_width_digits_and_86_are_the_same_mobile(stage: Stage) -> None:
    assert _send(stage, "＋８６１３９１２３４５６７８").status == 201
    assert _send(stage).code == "sms_code_too_soon"


def test_a_second_code_waits_a_minute(stage: Stage) -> None:
    _send(stage)
    stage.clock.advance(seconds=20)
    answered = _send(stage, purpose="reset_password")
    assert (answered.status, answered.code, answered.headers["Retry-After"]) == (429, "sms_code_too_soon", "40")
    stage.clock.advance(seconds=40)
    assert _send(stage).status == 201


def test_a_mobile_gets_ten_codes_a_day(stage: Stage) -> None:
    for number in range(10):
        assert _send(stage, address=f"198.51.100.{number}").status == 201
        stage.clock.advance(seconds=60)
    answered = _send(stage)
    assert (answered.status, answered.code) == (429, "sms_codes_used_up")
    assert int(answered.headers["Retry-After"]) == 15 * 3600 - 600  # to midnight in Shanghai
    stage.clock.advance(hours=15)
    assert _send(stage).status == 201


def test_a_client_meets_the_captcha_and_then_a_wall(stage: Stage) -> None:
    answers = [_send(stage, f"1390000{number:04d}") for number in range(31)]
    assert [one.status for one in answers[:10]] == [201] * 10
    assert {one.code for one in answers[10:30]} == {"captcha_required"}
    assert (answers[30].status, answers[30].code) == (429, "too_many_requests")
    assert _send(stage, "13900009999", address="198.51.100.1").status == 201


def test_known_and_unknown_mobiles_answer_alike(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(seconds=60)
    known, unknown = _send(stage, made.mobile, "reset_password"), _send(stage, "13712340000", "reset_password")
    assert known.status == unknown.status
    assert known.json.keys() == unknown.json.keys()


def test_the_short_message_is_a_secret_of_its_mobile(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    (row,) = NoticeRow.query(f"MOBILE#{stage.world.keys.index('mobile', f'+86{MOBILE}')}")
    assert row.secret
    assert code not in str({name: value for name, value in row.serialize().items() if name != "sealed"})


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"purpose": "register_person", "mobile": "123"}, {"mobile": "mobile_form"}),
        ({"purpose": "anything", "mobile": MOBILE}, {"purpose": "not_in_list"}),
        ({"mobile": MOBILE}, {"purpose": "missing"}),
    ],
)
def test_a_broken_request_sends_nothing(stage: Stage, body: dict[str, str], broken: dict[str, str]) -> None:
    answered = stage.call("account.send_sms_code", body, language="en")
    assert (answered.status, answered.broken) == (422, broken)
    assert _send(stage).status == 201


def test_a_solved_captcha_sends_one_more_code(stage: Stage) -> None:
    for number in range(10):
        _send(stage, f"1390000{number:04d}")
    body = {"purpose": "register_person", "mobile": "13911110000", "captcha": solved(stage)}
    assert stage.call("account.send_sms_code", body).status == 201
    assert stage.call("account.send_sms_code", body | {"mobile": "13911110001"}).code == "captcha_wrong"
