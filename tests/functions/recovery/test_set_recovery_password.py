"""The new password: by the rules, once, ending all sessions; and what it does to the real-person state."""

import pytest

from expertgate.account.model import Account, RealName, RealPerson
from expertgate.settings import LIMITS
from tests.builders.audits import facts_of
from tests.builders.faces import pass_face
from tests.builders.people import NUMBERS, PASSWORD, a_person, a_unit, a_verified_person, again, token_of, with_facts
from tests.builders.recoveries import NEW_PASSWORD, Traveller, begin, code_for, last_message, told
from tests.functions.recovery.test_start_recovery import named, unit_named
from tests.stage import Stage


def log_in(stage: Stage, login_name: str, password: str, kind: str = "person") -> int:
    return stage.call("account.log_in", {"kind": kind, "login_name": login_name, "password": password}).status


def ready(stage: Stage, person: Account) -> Traveller:
    recovery = begin(stage, "person_password", **named(person))
    assert person.mobile
    assert recovery.prove(person.mobile).status == 200
    return recovery


def test_the_new_password_replaces_the_old(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    old_session = token_of(stage, person)
    recovery = ready(stage, person)
    done = recovery.set_password()
    assert (done.status, done.json["next"]["step"], done.json["expires_in"]) == (200, "done", 0)
    assert log_in(stage, person.mobile, PASSWORD) == 401
    assert log_in(stage, person.mobile, NEW_PASSWORD) == 201
    assert stage.call("identity.show_identity", token=old_session).code == "login_required"
    assert told(stage, person.id) == ["password_reset"]
    assert facts_of(f"ACCOUNT#{person.id}", "recovery:password:reset") == [{"recovery": recovery.id, "kind": "person_password"}]


def test_an_account_closed_meanwhile_gets_no_password(stage: Stage) -> None:
    person = a_person(stage, name=None, document=None)
    assert person.mobile
    recovery = begin(stage, "person_password_by_mobile", mobile=person.mobile)
    assert recovery.prove(person.mobile).status == 200
    assert stage.call("account.close_account", {"current_password": PASSWORD}, token=token_of(stage, person)).status == 201
    assert recovery.set_password().code == "recovered_account_unknown"


def test_who_is_not_bound_logs_in_with_it(stage: Stage) -> None:
    person = a_person(stage, name=None, document=None)
    assert person.mobile
    recovery = begin(stage, "person_password_by_mobile", mobile=person.mobile)
    recovery.prove(person.mobile)
    assert recovery.set_password().status == 200
    assert log_in(stage, person.mobile, NEW_PASSWORD) == 201


def test_a_unit_logs_in_with_the_new_password(stage: Stage) -> None:
    unit = a_unit(stage)
    assert unit.mobile
    assert unit.user_name
    recovery = begin(stage, "unit_password", **unit_named(unit))
    recovery.prove(unit.mobile)
    assert recovery.set_password().status == 200
    assert log_in(stage, unit.user_name, NEW_PASSWORD, "unit") == 201


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (RealPerson.PASSED, RealPerson.TO_BE_RENEWED),
        (RealPerson.TO_BE_RENEWED, RealPerson.TO_BE_RENEWED),
        (RealPerson.NOT_PASSED, RealPerson.NOT_PASSED),
    ],
)
def test_a_reset_by_web_asks_for_the_face_anew(stage: Stage, before: RealPerson, after: RealPerson) -> None:
    person = a_person(stage, real_name=RealName.PASSED, real_person=before)
    ready(stage, person).set_password()
    assert again(stage, person).real_person is after


def test_a_reset_by_face_needs_no_new_check(stage: Stage) -> None:
    person = a_verified_person(stage, real_person=RealPerson.TO_BE_RENEWED)
    recovery = begin(stage, "person_password_by_face", **named(person))
    pass_face(stage, recovery.call("start_recovery_face_check", {}).json["face"])
    assert recovery.set_password().status == 200
    assert again(stage, person).real_person is RealPerson.PASSED


@pytest.mark.parametrize(
    ("password", "confirmation", "broken"),
    [
        ("Kurz-7a", None, {"password": "password_length"}),
        ("Wolkenlos-und-weit-77", None, {"password": "password_length"}),
        ("neue-wolke-7", None, {"password": "password_upper"}),
        ("NEUE-WOLKE-7", None, {"password": "password_lower"}),
        ("Neue-Wolke-x", None, {"password": "password_digit"}),
        ("Neue,Wolke-7", None, {"password": "password_punctuation"}),
        ("Neue-Wolke-7", "Neue-Wolke-8", {"password_confirmation": "password_differs"}),
        ("Woaini1314", None, {"password": "password_common"}),
    ],
)
def test_a_refused_password_names_the_rule(stage: Stage, password: str, confirmation: str | None, broken: dict[str, str]) -> None:
    recovery = ready(stage, a_verified_person(stage))
    assert recovery.set_password(password, confirmation).broken == broken
    assert recovery.set_password().status == 200


def test_the_mobile_is_no_password(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    assert ready(stage, person).set_password(f"Ab{person.mobile[3:]}z").broken == {"password": "password_own"}


def test_eight_characters_are_enough_at_a_reset(stage: Stage) -> None:
    assert ready(stage, a_verified_person(stage)).set_password("nW-7kQx#").status == 200


def test_the_mobile_step_can_not_be_skipped(stage: Stage) -> None:
    recovery = begin(stage, "person_password", **named(a_verified_person(stage)))
    refused = recovery.set_password()
    assert (refused.code, refused.json["facts"]["step"]) == ("recovery_step_wrong", "verify_mobile")


def test_a_finished_recovery_is_dead(stage: Stage) -> None:
    recovery = ready(stage, a_verified_person(stage))
    recovery.set_password()
    assert (recovery.set_password("Andre-Wolke-8").status, recovery.set_password("Andre-Wolke-8").code) == (410, "recovery_over")


def test_a_late_password_is_refused(stage: Stage) -> None:
    recovery = ready(stage, a_verified_person(stage))
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert recovery.set_password().code == "recovery_over"


def test_a_recovery_is_over_on_the_second(stage: Stage) -> None:
    recovery = begin(stage, "person_password", **named(a_verified_person(stage)))
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert recovery.set_password().code == "recovery_over"


def test_a_password_set_meanwhile_ends_older_recoveries(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    older = ready(stage, person)
    assert ready(stage, person).set_password().status == 200
    assert older.set_password("Andre-Wolke-8").code == "recovery_over"
    assert log_in(stage, person.mobile, NEW_PASSWORD) == 201


def test_who_proved_a_former_mobile_sets_nothing(stage: Stage) -> None:
    person = a_verified_person(stage)
    former = ready(stage, person)
    with_facts(stage, person.id, mobile="+86" + NUMBERS.mobile())
    assert former.set_password().code == "recovery_over"
    assert ready(stage, again(stage, person)).set_password().status == 200


def test_an_objection_ends_the_recovery_of_a_thief(stage: Stage) -> None:
    person = a_person(stage, name=None, document=None)
    his = "+86" + NUMBERS.mobile()
    change = {"mobile": his, "sms_code": code_for(stage, his, "change_mobile"), "current_password": PASSWORD}
    assert stage.call("account.change_mobile", change, token=token_of(stage, person)).status == 200
    thief = begin(stage, "person_password_by_mobile", mobile=his)
    assert thief.prove(his).status == 200
    assert person.mobile
    objection = {"objection_code": last_message(stage, person.mobile, "mobile_changed_object")["code"]}
    assert stage.call("account.object_to_mobile_change", objection).status == 201
    assert thief.set_password().code == "recovery_over"
    assert log_in(stage, person.mobile, NEW_PASSWORD) == 401


def test_a_stolen_ticket_is_useless_elsewhere(stage: Stage) -> None:
    recovery = ready(stage, a_verified_person(stage))
    body = {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD}
    assert recovery.call("set_recovery_password", body, address="198.51.100.9").code == "recovery_unknown"


def test_tickets_of_two_recoveries_can_not_be_swapped(stage: Stage) -> None:
    mine, other = ready(stage, a_verified_person(stage)), ready(stage, a_verified_person(stage))
    body = {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD}
    assert mine.call("set_recovery_password", body, ticket=other.ticket).code == "recovery_unknown"


def test_a_repeated_request_gives_the_same_answer(stage: Stage) -> None:
    person = a_verified_person(stage)
    recovery = ready(stage, person)
    body = {"password": NEW_PASSWORD, "password_confirmation": NEW_PASSWORD}
    answers = [recovery.call("set_recovery_password", body, key="reset-000001") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert told(stage, person.id) == ["password_reset"]
