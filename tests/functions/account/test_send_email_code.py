"""Codes by e-mail: the rules and limits of those by short message, nothing told about who has the address."""

import pytest

from expertgate.account.rules import Purpose
from expertgate.account.tickets import CodeRow, code_key
from expertgate.notice.store import NoticeRow
from expertgate.settings import LIMITS
from tests.builders.captchas import solved
from tests.builders.people import a_person
from tests.builders.recoveries import email_code_for, letters
from tests.stage import Answered, Stage

EMAIL = "li.xiaobo@example.org"


def _send(stage: Stage, email: str = EMAIL, purpose: str = "reset_password", **request: object) -> Answered:
    return stage.call("account.send_email_code", {"purpose": purpose, "email": email}, **request)


def test_a_code_is_sent_and_the_wait_stated(stage: Stage) -> None:
    answered = _send(stage)
    assert (answered.status, answered.json) == (201, {"sent_to": "l***@example.org", "resend_after": 60, "expires_in": 300})
    assert letters(stage, EMAIL) == ["email_code"]


def test_the_host_in_capitals_is_the_same_address(stage: Stage) -> None:
    assert _send(stage, "li.xiaobo@EXAMPLE.org").status == 201
    assert _send(stage).code == "email_code_too_soon"


def test_a_second_code_waits_a_minute(stage: Stage) -> None:
    _send(stage)
    stage.clock.advance(seconds=20)
    answered = _send(stage, purpose="confirm_email")
    assert (answered.status, answered.code, answered.headers["Retry-After"]) == (429, "email_code_too_soon", "40")
    stage.clock.advance(seconds=40)
    assert _send(stage).status == 201


def test_an_address_gets_ten_codes_a_day(stage: Stage) -> None:
    for number in range(10):
        assert _send(stage, address=f"198.51.100.{number}").status == 201
        stage.clock.advance(seconds=60)
    answered = _send(stage)
    assert (answered.status, answered.code) == (429, "email_codes_used_up")
    assert int(answered.headers["Retry-After"]) == 15 * 3600 - 600  # to midnight in Shanghai


def test_letters_and_messages_share_a_clients_limit(stage: Stage) -> None:
    answers = [_send(stage, f"reader{number}@example.org") for number in range(LIMITS.codes_before_captcha)]
    assert {one.status for one in answers} == {201}
    assert _send(stage, "one.more@example.org").code == "captcha_required"
    body = {"purpose": "register_person", "mobile": "13912345678"}
    assert stage.call("account.send_sms_code", body).code == "captcha_required"


def test_known_and_unknown_addresses_answer_alike(stage: Stage) -> None:
    a_person(stage, email=EMAIL, email_proven=True)
    known, unknown = _send(stage), _send(stage, "nobody@example.org")
    assert (known.status, known.json.keys()) == (unknown.status, unknown.json.keys())


def test_the_code_is_kept_as_a_keyed_hash_only(stage: Stage) -> None:
    code = email_code_for(stage, EMAIL)
    kept = CodeRow.find(*code_key(stage.world, Purpose.RESET_PASSWORD, EMAIL))
    (row,) = NoticeRow.query(f"EMAIL#{stage.world.keys.index('email', EMAIL)}")
    assert kept is not None
    assert row.secret
    assert code not in str(kept.serialize())
    assert code not in str({name: value for name, value in row.serialize().items() if name != "sealed"})


def test_a_repeated_request_sends_one_letter(stage: Stage) -> None:
    answers = [_send(stage, key="once-email-code-1") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert letters(stage, EMAIL) == ["email_code"]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"purpose": "reset_password", "email": "li.xiaobo"}, {"email": "email_form"}),
        ({"purpose": "reset_password", "email": "li@example.org\nBcc: all@example.org"}, {"email": "email_form"}),
        ({"purpose": "register_person", "email": EMAIL}, {"purpose": "not_in_list"}),
        ({"email": EMAIL}, {"purpose": "missing"}),
    ],
)
def test_a_broken_request_sends_nothing(stage: Stage, body: dict[str, str], broken: dict[str, str]) -> None:
    answered = stage.call("account.send_email_code", body, language="en")
    assert (answered.status, answered.broken) == (422, broken)
    assert letters(stage, EMAIL) == []


def test_a_mobile_gets_no_code_for_an_address(stage: Stage) -> None:
    body = {"purpose": "confirm_email", "mobile": "13912345678"}
    assert stage.call("account.send_sms_code", body).broken == {"purpose": "not_in_list"}


def test_a_solved_captcha_sends_one_more_letter(stage: Stage) -> None:
    for number in range(LIMITS.codes_before_captcha):
        _send(stage, f"reader{number}@example.org")
    body = {"purpose": "reset_password", "email": "one.more@example.org", "captcha": solved(stage)}
    assert stage.call("account.send_email_code", body).status == 201
    assert stage.call("account.send_email_code", body | {"email": "two.more@example.org"}).code == "captcha_wrong"


def test_choices_are_told_in_the_readers_form(stage: Stage) -> None:
    body = {"purpose": "register_person", "email": EMAIL}
    answers = [stage.call("account.send_email_code", body, language=one).json["errors"][0]["message"] for one in ("zh", "en")]
    assert answers == ["只能是：confirm_email、reset_password。", "Must be one of: confirm_email, reset_password."]
