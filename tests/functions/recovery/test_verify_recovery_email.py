"""The e-mail step: a proven address opens the account, whatever else is typed tells nothing (REC-05)."""

from expertgate.account.model import RealPerson
from expertgate.settings import LIMITS
from tests.builders.accounts import log_in
from tests.builders.audits import facts_of
from tests.builders.people import a_person, a_unit, a_verified_person, again, token_of
from tests.builders.recoveries import NEW_PASSWORD, Traveller, begin, email_code_for, letters, refused, told
from tests.stage import Stage

EMAIL, OTHER = "li.xiaobo@example.org", "stranger@example.org"
NAME = "wgzj_li"


def begun(stage: Stage) -> Traveller:
    a_verified_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    return begin(stage, "person_password_by_email", login_name=NAME)


def test_a_proven_address_leads_to_a_new_password(stage: Stage) -> None:
    person = a_verified_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    session = token_of(stage, person)
    recovery = begin(stage, "person_password_by_email", login_name=NAME)
    assert [one["step"] for one in recovery.started.json["steps"]] == ["verify_account", "verify_email", "set_password", "done"]
    assert recovery.started.json["next"]["code_purpose"] == "reset_password"
    assert recovery.prove_email(EMAIL).json["next"]["step"] == "set_password"
    assert recovery.set_password().json["next"]["step"] == "done"
    assert log_in(stage, NAME, NEW_PASSWORD).status == 201
    assert stage.call("account.show_account", token=session).code == "login_required"
    assert told(stage, person.id) == ["password_reset"]
    assert "password_reset" in letters(stage, EMAIL)
    assert again(stage, person).real_person is RealPerson.TO_BE_RENEWED


def test_the_face_is_spoken_of_after_the_proof(stage: Stage) -> None:
    recovery = begun(stage)
    assert recovery.started.json["hint"] is None
    assert "实人认证" in recovery.prove_email(EMAIL).json["hint"]


def test_known_and_unknown_names_begin_and_fail_alike(stage: Stage) -> None:
    a_person(stage, user_name="with_none")
    a_person(stage, user_name="with_unproven", email=EMAIL)
    a_person(stage, user_name="with_proven", email=EMAIL, email_proven=True)
    said = set()
    for name in ("nobody_99", "with_none", "with_unproven", "with_proven"):
        recovery = begin(stage, "person_password_by_email", login_name=name)
        shown = {key: value for key, value in recovery.started.json.items() if key not in {"recovery_id", "ticket"}}
        answered = recovery.prove_email(OTHER)
        said.add((str(shown), answered.status, answered.code))
    assert len(said) == 1
    assert next(iter(said))[1:] == (409, "recovery_email_differs")


def test_an_unproven_address_opens_nothing(stage: Stage) -> None:
    a_person(stage, user_name=NAME, email=EMAIL)
    recovery = begin(stage, "person_password_by_email", login_name=NAME)
    assert recovery.prove_email(EMAIL).code == "recovery_email_differs"
    assert recovery.show().json["next"]["step"] == "verify_email"
    assert recovery.set_password().code == "recovery_step_wrong"


def test_the_address_of_a_unit_opens_nothing(stage: Stage) -> None:
    unit = a_unit(stage, email=EMAIL, email_proven=True)
    assert begin(stage, "person_password_by_email", login_name=unit.user_name).prove_email(EMAIL).code == "recovery_email_differs"


def test_a_wrong_code_tells_nothing_of_an_address(stage: Stage) -> None:
    recovery = begun(stage)
    for email in (EMAIL, OTHER):
        email_code_for(stage, email)
        body = {"email": email, "email_code": "000000"}
        assert recovery.call("verify_recovery_email", body).broken == {"email_code": "email_code_wrong"}


def test_the_audit_names_the_recovery(stage: Stage) -> None:
    person = a_verified_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    recovery = begin(stage, "person_password_by_email", login_name=NAME)
    recovery.prove_email(EMAIL)
    assert facts_of(f"ACCOUNT#{person.id}", "recovery:email:verified") == [{"recovery": recovery.id}]


def test_a_code_of_another_purpose_is_worth_nothing(stage: Stage) -> None:
    assert begun(stage).prove_email(EMAIL, "confirm_email").broken == {"email_code": "email_code_wrong"}


def test_a_code_by_sms_is_no_code_by_email(stage: Stage) -> None:
    recovery = begun(stage)
    stage.call("account.send_sms_code", {"purpose": "reset_password", "mobile": "13912345678"})
    body = {"email": EMAIL, "email_code": "000000"}
    assert recovery.call("verify_recovery_email", body).broken == {"email_code": "email_code_wrong"}
    mobile = recovery.call("verify_recovery_mobile", {"mobile": "13912345678", "sms_code": "000000"})
    assert (mobile.status, mobile.code) == (409, "recovery_step_wrong")


def test_the_mobile_way_has_no_email_step(stage: Stage) -> None:
    a_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    recovery = begin(stage, "person_password_by_login_name", login_name=NAME)
    assert recovery.prove_email(EMAIL).code == "recovery_step_wrong"


def test_a_used_code_opens_no_second_recovery(stage: Stage) -> None:
    first = begun(stage)
    second = begin(stage, "person_password_by_email", login_name=NAME)
    body = {"email": EMAIL, "email_code": email_code_for(stage, EMAIL)}
    assert first.call("verify_recovery_email", body).status == 200
    assert second.call("verify_recovery_email", body).broken == {"email_code": "email_code_wrong"}
    assert first.call("verify_recovery_email", body).code == "recovery_step_wrong"


def test_it_is_useless_to_another_client_and_without_ticket(stage: Stage) -> None:
    recovery = begun(stage)
    body = {"email": EMAIL, "email_code": email_code_for(stage, EMAIL)}
    elsewhere = recovery.call("verify_recovery_email", body, address="198.51.100.77")
    assert (elsewhere.status, elsewhere.code) == (404, "recovery_unknown")
    assert recovery.call("verify_recovery_email", body, ticket="x" * 43).code == "recovery_unknown"


def test_after_its_time_nothing_goes_on(stage: Stage) -> None:
    recovery = begun(stage)
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert (recovery.prove_email(EMAIL).status, recovery.prove_email(EMAIL).code) == (410, "recovery_over")


def test_an_address_left_meanwhile_opens_nothing(stage: Stage) -> None:
    person = a_person(stage, user_name=NAME, email=EMAIL, email_proven=True)
    recovery = begin(stage, "person_password_by_email", login_name=NAME)
    token = token_of(stage, person)
    version = stage.call("account.show_account", token=token).json["version"]
    stage.call("account.change_information", {"version": version, "email": OTHER}, token=token)
    assert recovery.prove_email(EMAIL).code == "recovery_email_differs"


def test_the_way_needs_a_log_in_name_only(stage: Stage) -> None:
    assert refused(stage, "person_password_by_email") == "invalid_input"
    assert refused(stage, "person_password_by_email", login_name=NAME, mobile="13912345678") == "invalid_input"
    broken = begun(stage).call("verify_recovery_email", {"email": "no address", "email_code": "12"}).broken
    assert (broken["email"], set(broken)) == ("email_form", {"email", "email_code"})
