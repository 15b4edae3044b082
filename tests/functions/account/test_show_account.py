"""The account page: names and numbers masked, level, last log-in, security score."""

from tests.builders.accounts import CONSENTS, PASSWORD, a_person, a_unit, code_for, log_in
from tests.stage import Stage


def test_a_person_sees_himself_masked(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(hours=1)
    token = log_in(stage, made.mobile).json["token"]
    shown = stage.call("account.show_account", token=token)
    assert shown.status == 200
    page, number = shown.json, made.form["document_number"]
    assert (page["name"], page["mobile"]) == ("陈*波", f"{made.mobile[:3]}****{made.mobile[-4:]}")
    assert (page["level"], page["level_title"], page["last_login"]) == ("real_named", "实名用户", "2026-03-02T01:00:00.000Z")
    assert page["document"]["document_number"] == f"{number[:3]}***********{number[-4:]}"
    assert not [value for value in (number, made.mobile, "陈晓波") if value in shown.text]


def test_a_unit_sees_its_three_parts(stage: Stage) -> None:
    made = a_unit(stage)
    page = stage.call("account.show_account", token=made.token, language="en").json
    assert (page["unit"]["unit_name"], page["user_name"]) == (made.form["unit_name"], "unit_1")
    assert (page["unit"]["legal_representative"]["name"], page["unit"]["main_agent"]["name"]) == ("赵*波", "钱*静")
    assert page["level_title"] == "real-named"


def test_the_score_says_how_it_is_made(stage: Stage) -> None:
    page = stage.call("account.show_account", token=a_person(stage).token).json
    points = {one["item"]: (one["points"], one["of"]) for one in page["security_items"]}
    assert points == {"real_name": (30, 30), "real_person": (0, 20), "mobile": (20, 20), "email": (0, 10), "password": (20, 20)}
    assert page["security_score"] == 70


def test_an_ageing_password_lowers_the_score(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(days=300)
    page = stage.call("account.show_account", token=log_in(stage, made.mobile).json["token"]).json
    assert next(one["points"] for one in page["security_items"] if one["item"] == "password") == 10


def test_an_account_of_the_app_misses_information(stage: Stage) -> None:
    code = code_for(stage, "register_person", "13712345678")
    form = {"channel": "app", "mobile": "13712345678", "password": PASSWORD, "password_confirmation": PASSWORD, "consents": CONSENTS}
    stage.call("account.register_person_by_app", form | {"sms_code": code})
    page = stage.call("account.show_account", token=log_in(stage, "13712345678").json["token"]).json
    assert (page["level"], page["document"]) == ("registered", None)
    assert page["missing"] == ["complete_information", "check_real_name", "check_real_person"]


def test_a_stranger_sees_no_account(stage: Stage) -> None:
    assert stage.call("account.show_account").code == "login_required"
