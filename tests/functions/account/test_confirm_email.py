"""An address opens nothing before it took a code and the holder proved himself; whoever is left or gained is told."""

from typing import Any

import pytest

from tests.builders.accounts import proof_for
from tests.builders.audits import facts_of
from tests.builders.people import PASSWORD, a_person, a_unit, again, token_of
from tests.builders.recoveries import code_for, email_code_for, letters, told
from tests.stage import Answered, Stage

EMAIL, OTHER = "li.xiaobo@example.org", "xiaobo@example.net"


def _confirm(stage: Stage, token: str, email: str = EMAIL, **proof: Any) -> Answered:
    stage.clock.advance(seconds=61)
    code = email_code_for(stage, email, "confirm_email")
    given = proof or {"current_password": PASSWORD}
    return stage.call("account.confirm_email", {"email": email, "email_code": code, **given}, token=token)


def _state(stage: Stage, token: str) -> tuple[str | None, str]:
    page = stage.call("account.show_account", token=token).json
    return page["email"], page["email_state"]


@pytest.mark.parametrize("make", [a_person, a_unit])
def test_an_address_is_proven_by_code_and_password(stage: Stage, make: Any) -> None:
    token = token_of(stage, make(stage))
    assert _state(stage, token) == (None, "none")
    answered = _confirm(stage, token)
    assert (answered.status, answered.json) == (200, {"email": "l***@example.org", "email_state": "proven"})
    assert _state(stage, token) == ("l***@example.org", "proven")


def test_the_holder_is_told_by_both_ways(stage: Stage) -> None:
    person = a_person(stage)
    _confirm(stage, token_of(stage, person))
    assert told(stage, person.id) == ["email_confirmed"]
    assert sorted(letters(stage, EMAIL)) == ["email_code", "email_confirmed"]
    assert facts_of(f"ACCOUNT#{person.id}", "account:email:proven") == [{}]


def test_a_code_of_the_mobile_is_a_proof(stage: Stage) -> None:
    person = a_person(stage)
    assert person.mobile
    proof = code_for(stage, person.mobile, "confirm_mobile")
    assert _confirm(stage, token_of(stage, person), mobile_code=proof).status == 200


def test_a_stolen_session_proves_no_address(stage: Stage) -> None:
    person = a_person(stage)
    token = token_of(stage, person)
    assert _confirm(stage, token, current_password="Wrong12345").broken == {"current_password": "password_refused"}
    assert _confirm(stage, token, mobile_code="000000").broken == {"mobile_code": "sms_code_wrong"}
    body = {"email": EMAIL, "email_code": "000000"}
    assert set(stage.call("account.confirm_email", body, token=token).broken.values()) == {"one_proof"}
    both = body | {"current_password": PASSWORD, "mobile_code": "000000"}
    assert set(stage.call("account.confirm_email", both, token=token).broken.values()) == {"one_proof"}
    assert again(stage, person).email is None


def test_without_a_mobile_only_the_password_proves(stage: Stage) -> None:
    token = token_of(stage, a_person(stage, mobile=None, user_name="old_one"))
    assert _confirm(stage, token, mobile_code="000000").broken == {"mobile_code": "no_old_mobile"}


def test_a_wrong_used_or_foreign_code_proves_nothing(stage: Stage) -> None:
    person = a_person(stage)
    token = token_of(stage, person)
    reset = email_code_for(stage, EMAIL)
    body = {"email": EMAIL, "email_code": reset, "current_password": PASSWORD}
    assert stage.call("account.confirm_email", body, token=token).broken == {"email_code": "email_code_wrong"}
    stage.clock.advance(seconds=61)
    other = body | {"email_code": email_code_for(stage, OTHER, "confirm_email")}
    assert stage.call("account.confirm_email", other, token=token).broken == {"email_code": "email_code_wrong"}
    stage.clock.advance(seconds=61)
    late = body | {"email_code": email_code_for(stage, EMAIL, "confirm_email")}
    stage.clock.advance(minutes=5)
    assert stage.call("account.confirm_email", late, token=token).broken == {"email_code": "email_code_wrong"}
    assert again(stage, person).email is None


def test_five_wrong_tries_end_a_code(stage: Stage) -> None:
    token = token_of(stage, a_person(stage))
    code = email_code_for(stage, EMAIL, "confirm_email")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    tries = [{"email": EMAIL, "email_code": one, "current_password": PASSWORD} for one in [wrong] * 5 + [code]]
    assert {stage.call("account.confirm_email", one, token=token).code for one in tries} == {"email_code_wrong"}


def test_a_typed_address_is_not_a_proven_one(stage: Stage) -> None:
    person = a_person(stage)
    token = token_of(stage, person)
    version = stage.call("account.show_account", token=token).json["version"]
    stage.call("account.change_information", {"version": version, "email": EMAIL}, token=token)
    assert _state(stage, token) == ("l***@example.org", "unproven")
    score = {one["item"]: one["points"] for one in stage.call("account.show_account", token=token).json["security_items"]}
    assert score["email"] == 0
    assert _confirm(stage, token).status == 200


def test_another_address_is_unproven_and_the_old_told(stage: Stage) -> None:
    person = a_person(stage, email=EMAIL, email_proven=True)
    token = token_of(stage, person)
    version = stage.call("account.show_account", token=token).json["version"]
    stage.call("account.change_information", {"version": version, "email": OTHER}, token=token)
    assert _state(stage, token) == ("x***@example.net", "unproven")
    assert letters(stage, EMAIL) == ["email_left"]
    version = stage.call("account.show_account", token=token).json["version"]
    assert stage.call("account.change_information", {"version": version, "email": EMAIL}, token=token).status == 200
    assert _state(stage, token)[1] == "unproven"


def test_an_address_that_stays_hears_of_no_move(stage: Stage) -> None:
    token = token_of(stage, a_person(stage, email=EMAIL, email_proven=True))
    version = stage.call("account.show_account", token=token).json["version"]
    body = {"version": version, "landline": "0310-3111234"}
    assert stage.call("account.change_information", body, token=token).status == 200
    assert (letters(stage, EMAIL), _state(stage, token)[1]) == ([], "proven")


def test_a_confirmed_move_tells_the_old_address(stage: Stage) -> None:
    person = a_person(stage, email=EMAIL, email_proven=True)
    assert _confirm(stage, token_of(stage, person), OTHER).status == 200
    assert letters(stage, EMAIL) == ["email_left"]
    assert again(stage, person).proven_email == OTHER


def test_a_proven_address_is_not_proven_again(stage: Stage) -> None:
    person = a_person(stage, email=EMAIL, email_proven=True)
    assert _confirm(stage, token_of(stage, person)).broken == {"email": "email_proven_already"}


def test_two_people_may_share_an_address(stage: Stage) -> None:
    assert {_confirm(stage, token_of(stage, a_person(stage))).status for _ in range(2)} == {200}


def test_a_proof_of_the_mobile_stands_for_its_code(stage: Stage) -> None:
    person = a_person(stage)
    assert person.mobile
    proof = proof_for(stage, "confirm_mobile", person.mobile.removeprefix("+86"))
    assert _confirm(stage, token_of(stage, person), mobile_code=proof).status == 200
