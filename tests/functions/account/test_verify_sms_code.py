"""A right code becomes a proof; five tries, five minutes, one use, one purpose, one mobile."""

import pytest

from tests.builders.accounts import code_for, code_sent, person_form
from tests.stage import Answered, Stage

MOBILE = person_form()["mobile"]


def _verify(stage: Stage, code: str, purpose: str = "register_person", mobile: str = MOBILE) -> Answered:
    return stage.call("account.verify_sms_code", {"purpose": purpose, "mobile": mobile, "sms_code": code})


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_proof_stands_for_the_code_once(stage: Stage) -> None:
    proof = _verify(stage, code_for(stage, "register_person", MOBILE)).json["mobile_proof"]
    form = person_form() | {"sms_code": proof}
    assert stage.call("account.register_person", form).status == 201
    again = stage.call("account.register_person", person_form(2, mobile=MOBILE) | {"sms_code": proof})
    assert again.code == "sms_code_wrong"


def test_a_code_is_used_up_by_verifying(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    assert _verify(stage, code).status == 201
    assert _verify(stage, code).code == "sms_code_wrong"


def test_the_sixth_try_is_wrong_even_if_right(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    for _ in range(5):
        assert _verify(stage, _wrong(code)).code == "sms_code_wrong"
    assert _verify(stage, code).code == "sms_code_wrong"


def test_the_fifth_try_may_still_be_right(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    for _ in range(4):
        _verify(stage, _wrong(code))
    assert _verify(stage, code).status == 201


def test_a_code_lives_five_minutes(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    stage.clock.advance(seconds=299)
    first = _verify(stage, _wrong(code))
    stage.clock.advance(seconds=1)
    assert (first.code, _verify(stage, code).code) == ("sms_code_wrong", "sms_code_wrong")


def test_a_new_code_ends_the_old_one(stage: Stage) -> None:
    old = code_for(stage, "register_person", MOBILE)
    stage.clock.advance(seconds=60)
    new = code_for(stage, "register_person", MOBILE)
    assert old == new or _verify(stage, old).code == "sms_code_wrong"
    assert _verify(stage, new).status == 201


def test_another_purpose_or_mobile_is_worth_nothing(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    assert _verify(stage, code, purpose="register_unit").code == "sms_code_wrong"
    assert _verify(stage, code, mobile="13700001111").code == "sms_code_wrong"
    assert _verify(stage, code).status == 201


def test_a_proof_of_another_purpose_is_refused(stage: Stage) -> None:
    proof = _verify(stage, code_for(stage, "reset_password", MOBILE), "reset_password").json["mobile_proof"]
    assert stage.call("account.register_person", person_form() | {"sms_code": proof}).code == "sms_code_wrong"


def test_a_proof_is_too_old_after_ten_minutes(stage: Stage) -> None:
    proof = _verify(stage, code_for(stage, "register_person", MOBILE)).json["mobile_proof"]
    stage.clock.advance(minutes=10)
    assert stage.call("account.register_person", person_form() | {"sms_code": proof}).code == "sms_code_wrong"


def test_a_code_has_six_digits(stage: Stage) -> None:
    answered = _verify(stage, "12345")
    assert answered.broken == {"sms_code": "sent_code_form"}
    assert code_for(stage, "register_person", MOBILE) == code_sent(stage, MOBILE)


def _wide(code: str) -> str:
    return code.translate({ord("0") + one: ord("０") + one for one in range(10)})


def test_a_code_may_be_typed_in_full_width(stage: Stage) -> None:
    code = code_for(stage, "register_person", MOBILE)
    assert _verify(stage, f" {_wide(code)} ").status == 201
    stage.clock.advance(seconds=60)
    code = code_for(stage, "register_person", MOBILE)
    assert stage.call("account.register_person", person_form() | {"sms_code": f"{_wide(code)}\n"}).status == 201


@pytest.mark.parametrize("typed", ["12345", "1234567", "١٢٣٤٥٦", "x" * 43, "x" * 44])
def test_what_is_no_code_costs_no_try(stage: Stage, typed: str) -> None:
    code = code_for(stage, "register_person", MOBILE)
    assert [_verify(stage, typed).broken for _ in range(6)] == [{"sms_code": "sent_code_form"}] * 6
    assert _verify(stage, code).status == 201
