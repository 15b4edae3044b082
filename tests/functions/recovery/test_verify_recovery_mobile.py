"""The mobile step: the right code of the right purpose, the reserved mobile, once, in time, in its turn."""

from collections.abc import Callable

import pytest

from expertgate.account.model import Account, RealPerson
from expertgate.settings import LIMITS
from tests.builders.audits import facts_of
from tests.builders.people import NUMBERS, a_person, a_unit, a_verified_person
from tests.builders.recoveries import Traveller, begin, code_for
from tests.functions.recovery.test_start_recovery import named, unit_named
from tests.stage import Stage


def begun(stage: Stage) -> tuple[Traveller, str]:
    person = a_verified_person(stage)
    assert person.mobile
    return begin(stage, "person_password", **named(person)), person.mobile


def test_the_reserved_mobile_opens_the_next_step(stage: Stage) -> None:
    recovery, mobile = begun(stage)
    assert recovery.prove(mobile).json["next"]["step"] == "set_password"


def test_the_audit_names_the_recovery(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    recovery = begin(stage, "person_password", **named(person))
    recovery.prove(person.mobile)
    assert facts_of(f"ACCOUNT#{person.id}", "recovery:mobile:verified") == [{"recovery": recovery.id}]


def test_a_unit_sees_its_user_name(stage: Stage) -> None:
    unit = a_unit(stage)
    recovery = begin(stage, "unit_password", **unit_named(unit))
    assert unit.mobile
    assert recovery.prove(unit.mobile).json["user_name"] == unit.user_name


# Who comes from an old platform, and so has a user name of his own, is not real-named yet.
@pytest.mark.parametrize("make", [a_verified_person, a_person])
def test_a_person_learns_what_he_logs_in_with(stage: Stage, make: Callable[..., Account]) -> None:
    person = make(stage, user_name="wgzj_zhang")
    recovery = begin(stage, "person_login_name", **named(person))
    assert person.mobile
    shown = recovery.prove(person.mobile, "find_login_name").json
    assert shown["next"]["step"] == "done"
    assert shown["login_names"][0] == "wgzj_zhang"
    assert all("*" in one for one in shown["login_names"][1:])


def test_another_mobile_is_told_only_when_proven(stage: Stage) -> None:
    recovery, _ = begun(stage)
    other = "+86" + NUMBERS.mobile()
    assert recovery.call("verify_recovery_mobile", {"mobile": other, "sms_code": "000000"}).broken == {"sms_code": "sms_code_wrong"}
    assert recovery.prove(other).code == "recovery_mobile_differs"
    assert recovery.show().json["next"]["step"] == "verify_mobile"


def test_a_code_of_another_purpose_is_worth_nothing(stage: Stage) -> None:
    recovery, mobile = begun(stage)
    assert recovery.prove(mobile, "change_mobile").broken == {"sms_code": "sms_code_wrong"}


def test_a_step_is_not_taken_twice(stage: Stage) -> None:
    recovery, mobile = begun(stage)
    recovery.prove(mobile)
    again = recovery.prove(mobile)
    assert (again.status, again.code, again.json["facts"]["step"]) == (409, "recovery_step_wrong", "set_password")
    assert again.json["title"] == "请按步骤操作，当前步骤为：设置新密码。"


def test_a_used_code_opens_no_second_recovery(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    first, second = (begin(stage, "person_password", **named(person)) for _ in range(2))
    body = {"mobile": person.mobile, "sms_code": code_for(stage, person.mobile, "reset_password")}
    assert first.call("verify_recovery_mobile", body).status == 200
    assert second.call("verify_recovery_mobile", body).broken == {"sms_code": "sms_code_wrong"}


def test_after_its_time_nothing_goes_on(stage: Stage) -> None:
    recovery, mobile = begun(stage)
    stage.clock.advance(seconds=LIMITS.flow_life)
    assert (recovery.prove(mobile).status, recovery.prove(mobile).code) == (410, "recovery_over")


def test_the_face_branch_has_no_mobile_step(stage: Stage) -> None:
    person = a_verified_person(stage)
    assert person.mobile
    recovery = begin(stage, "person_password_by_face", **named(person))
    assert recovery.prove(person.mobile).code == "recovery_step_wrong"


def test_the_unbound_recover_by_mobile(stage: Stage) -> None:
    person = a_person(stage, name=None, document=None)
    assert person.mobile
    recovery = begin(stage, "person_password_by_mobile", mobile=person.mobile)
    assert recovery.prove(person.mobile).json["next"]["step"] == "set_password"


@pytest.mark.parametrize("known", [True, False])
def test_by_mobile_nothing_is_told_before_the_code(stage: Stage, known: bool) -> None:
    mobile = a_person(stage).mobile if known else "+86" + NUMBERS.mobile()
    assert mobile
    recovery = begin(stage, "person_password_by_mobile", mobile=mobile)
    assert recovery.call("verify_recovery_mobile", {"mobile": mobile, "sms_code": "000000"}).broken == {"sms_code": "sms_code_wrong"}
    assert recovery.prove(mobile).code == ("recovery_by_face_only" if known else "recovered_account_unknown")


def test_the_mobile_can_not_be_swapped_on_the_way(stage: Stage) -> None:
    mine, other = a_person(stage, name=None, document=None), a_person(stage, name=None, document=None)
    assert mine.mobile
    assert other.mobile
    recovery = begin(stage, "person_password_by_mobile", mobile=mine.mobile)
    assert recovery.prove(other.mobile).code == "recovery_mobile_differs"


def test_only_units_are_told_to_reset_the_mobile(stage: Stage) -> None:
    person, unit, stranger = a_verified_person(stage), a_unit(stage), "+86" + NUMBERS.mobile()
    titles = [
        begin(stage, kind, **given).prove(stranger).json["title"]
        for kind, given in (("person_password", named(person)), ("unit_password", unit_named(unit)))
    ]
    assert ["重置手机号" in one for one in titles] == [False, True]


@pytest.mark.parametrize("kind", ["person_appeal", "unit_appeal", "added_mobile", "person_password_by_mobile"])
def test_a_given_mobile_is_not_called_reserved(stage: Stage, kind: str) -> None:
    recovery = begin(stage, kind, mobile="+86" + NUMBERS.mobile())
    assert recovery.started.json["next"]["message"] == "请获取并输入手机验证码，验证所填写的手机号。"


def test_an_unknown_mobile_is_not_sent_to_the_app(stage: Stage) -> None:
    mobile = "+86" + NUMBERS.mobile()
    assert begin(stage, "person_password_by_mobile", mobile=mobile).prove(mobile).json["title"].startswith("账号不存在，请核对手机号")


def test_a_log_in_name_needs_its_reserved_mobile(stage: Stage) -> None:
    person = a_person(stage, user_name="wgzj_wang", document=None, real_person=RealPerson.NOT_PASSED)
    assert person.mobile
    stranger = "+86" + NUMBERS.mobile()
    for login_name in ("wgzj_wang", "nobody_99"):
        recovery = begin(stage, "person_password_by_login_name", login_name=login_name)
        assert recovery.prove(stranger).code == "recovery_mobile_differs"
    recovery = begin(stage, "person_password_by_login_name", login_name="WGZJ_Wang")
    assert recovery.prove(person.mobile).json["next"]["step"] == "set_password"


def test_a_unit_does_not_go_the_way_of_persons(stage: Stage) -> None:
    unit = a_unit(stage)
    assert unit.mobile
    recovery = begin(stage, "person_password_by_login_name", login_name=unit.user_name)
    assert recovery.prove(unit.mobile).code == "recovery_mobile_differs"
