"""Registering in the app: mobile, password, code, consent; who it is comes later."""

from expertgate.account.store import account
from tests.builders.accounts import CONSENTS, PASSWORD, code_for, proof_for
from tests.stage import Stage

MOBILE = "13712345678"
FORM = {"channel": "mini_program", "mobile": MOBILE, "password": PASSWORD, "password_confirmation": PASSWORD, "consents": CONSENTS}


def test_an_account_of_the_app_is_not_real_named(stage: Stage) -> None:
    answered = stage.call("account.register_person_by_app", FORM | {"sms_code": code_for(stage, "register_person", MOBILE)})
    assert (answered.status, answered.json["real_name"], answered.json["next"]) == (201, "unchecked", "complete_information")
    made = account(stage.world, answered.json["account_id"])
    assert made is not None
    assert (made.channel, made.document, made.name) == ("mini_program", None, None)


def test_another_channel_is_refused(stage: Stage) -> None:
    answered = stage.call("account.register_person_by_app", FORM | {"channel": "web", "sms_code": "123456"})
    assert answered.broken == {"channel": "not_in_list"}


def test_a_taken_mobile_is_told_its_holder(stage: Stage) -> None:
    stage.call("account.register_person_by_app", FORM | {"sms_code": code_for(stage, "register_person", MOBILE)})
    stage.clock.advance(seconds=60)
    answered = stage.call("account.register_person_by_app", FORM | {"sms_code": code_for(stage, "register_person", MOBILE)})
    assert (answered.status, answered.code) == (409, "mobile_registered")


def test_a_password_with_the_mobile_is_refused(stage: Stage) -> None:
    own = {"password": "Aa13712345678", "password_confirmation": "Aa13712345678"}
    assert stage.call("account.register_person_by_app", FORM | own | {"sms_code": "123456"}).broken == {"password": "password_own"}


def test_a_proof_stands_for_the_code(stage: Stage) -> None:
    form = FORM | {"sms_code": proof_for(stage, "register_person", MOBILE)}
    assert stage.call("account.register_person_by_app", form).status == 201
    assert stage.call("account.register_person_by_app", form | {"mobile": "13712340000"}).code == "sms_code_wrong"
