"""How each recovery begins: what must be given, whom it finds, and what keeps an account from going this way."""

from typing import Any

import pytest

from expertgate.account.model import Account, RealName, RealPerson, Status
from expertgate.settings import LIMITS
from tests.builders.audits import facts_of
from tests.builders.people import NUMBERS, a_person, a_unit, a_verified_person
from tests.builders.recoveries import Traveller, begin, refused
from tests.stage import Stage


def named(person: Account) -> dict[str, str]:
    """Return name and number as typed."""
    assert person.name
    assert person.document
    return {"name": person.name, "document_number": person.document.number}


def unit_named(unit: Account) -> dict[str, str]:
    """Return account, unit name and credit code as typed."""
    assert unit.unit
    assert unit.user_name
    return {"user_name": unit.user_name, "unit_name": unit.unit.unit_name, "uscc": unit.unit.uscc}


def test_the_manuals_four_steps_are_numbered(stage: Stage) -> None:
    started = begin(stage, "person_password", **named(a_verified_person(stage))).started.json
    assert [(one["number"], one["title"], one["state"]) for one in started["steps"]] == [
        (1, "验证账号", "done"),
        (2, "手机校验", "current"),
        (3, "设置新密码", "to_come"),
        (4, "完成", "to_come"),
    ]
    assert (started["next"]["step"], started["next"]["code_purpose"]) == ("verify_mobile", "reset_password")
    assert started["expires_in"] == LIMITS.flow_life


def test_the_verified_are_warned_of_a_new_check(stage: Stage) -> None:
    verified, named_only = a_verified_person(stage), a_person(stage, real_name=RealName.PASSED)
    assert begin(stage, "person_password", **named(verified)).started.json["hint"] == "提示：如果已经进行实人认证，将需要重新进行实人认证"
    assert begin(stage, "person_password", **named(named_only)).started.json["hint"] is None


@pytest.mark.parametrize("kind", ["person_password", "person_password_by_face", "person_login_name"])
def test_name_and_number_must_both_fit(stage: Stage, kind: str) -> None:
    person = a_verified_person(stage)
    assert refused(stage, kind, **(named(person) | {"name": "王五"})) == "recovered_account_unknown"
    assert refused(stage, kind, **(named(person) | {"document_number": NUMBERS.resident_id()})) == "recovered_account_unknown"
    assert refused(stage, kind, **(named(person) | {"document_number": "何"})) == "recovered_account_unknown"


def test_the_unnamed_are_sent_to_the_app(stage: Stage) -> None:
    refusal = stage.call("recovery.start_recovery", {"kind": "person_password", **named(a_person(stage))})
    assert (refusal.status, refusal.code) == (403, "recovery_by_app_only")
    assert "掌上12333" in refusal.json["title"]
    assert begin(stage, "person_password_by_face", **named(a_person(stage))).started.json["next"]["step"] == "check_face"


def test_a_face_shown_once_is_name_enough(stage: Stage) -> None:
    for state in (RealPerson.PASSED, RealPerson.TO_BE_RENEWED):
        assert begin(stage, "person_password", **named(a_person(stage, real_person=state))).started.status == 201


@pytest.mark.parametrize("kind", ["person_password", "person_password_by_face", "person_login_name"])
def test_mobile_and_user_name_are_no_number(stage: Stage, kind: str) -> None:
    person = a_verified_person(stage, user_name="wgzj_li")
    for typed in (person.mobile, person.user_name):
        assert refused(stage, kind, name=person.name, document_number=typed) == "recovered_account_unknown"


def test_an_account_without_mobile_is_told_the_way(stage: Stage) -> None:
    person = a_verified_person(stage, mobile=None)
    assert refused(stage, "person_password", **named(person)) == "recovered_account_without_mobile"


def test_a_closed_account_is_gone(stage: Stage) -> None:
    person = a_verified_person(stage, status=Status.CLOSED)
    assert refused(stage, "person_password", **named(person)) == "recovered_account_unknown"


@pytest.mark.parametrize("wrong", [{"user_name": "nobody_here"}, {"unit_name": "邯郸市别的有限公司"}, {"uscc": "91130400B08C7833XN"}])
def test_a_unit_is_found_by_all_three(stage: Stage, wrong: dict[str, str]) -> None:
    unit = a_unit(stage)
    assert begin(stage, "unit_password", **unit_named(unit)).started.json["user_name"] is None
    assert refused(stage, "unit_password", **(unit_named(unit) | wrong)) == "recovered_account_unknown"


def test_name_and_code_show_the_user_name(stage: Stage) -> None:
    unit = a_unit(stage)
    given = {name: value for name, value in unit_named(unit).items() if name != "user_name"}
    shown = begin(stage, "unit_user_name", **given).started.json
    assert (shown["user_name"], shown["next"]["step"]) == (unit.user_name, "done")
    assert refused(stage, "unit_user_name", **(given | {"unit_name": "邯郸市别的有限公司"})) == "recovered_account_unknown"
    assert refused(stage, "unit_user_name", **(given | {"uscc": NUMBERS.uscc()})) == "recovered_account_unknown"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("person_password", "“掌上12333”APP"),
        ("person_password_by_face", "未绑定用户信息的，请输入手机号"),
        ("unit_password", "单位法人用户申诉"),
        ("unit_user_name", "缺一个就匹配不到信息"),
    ],
)
def test_each_way_says_what_else_to_do(stage: Stage, kind: str, said: str) -> None:
    given = (
        named(a_verified_person(stage)) | {"name": "王五"}
        if kind.startswith("person")
        else unit_named(a_unit(stage)) | {"uscc": NUMBERS.uscc()}
    )
    body = {name: value for name, value in given.items() if kind != "unit_user_name" or name != "user_name"}
    title = stage.call("recovery.start_recovery", {"kind": kind, **body}).json["title"]
    assert said in title
    assert ("掌上12333" in title) is (kind == "person_password")


def test_a_legacy_unit_is_found_under_either_name(stage: Stage) -> None:
    unit = a_unit(stage, user_name="WGZJXM_Handan01")
    for user_name in ("WGZJXM_Handan01", "handan01"):
        assert begin(stage, "unit_password", **(unit_named(unit) | {"user_name": user_name})).started.status == 201


def test_a_persons_number_opens_no_unit(stage: Stage) -> None:
    person = a_verified_person(stage, user_name="shared_name")
    unit = a_unit(stage)
    assert refused(stage, "unit_password", **(unit_named(unit) | {"user_name": "shared_name"})) == "recovered_account_unknown"
    assert person.id


def test_a_log_in_name_alone_tells_nothing(stage: Stage) -> None:
    known = a_person(stage, user_name="wgzj_li", real_person=RealPerson.PASSED)
    assert known.user_name
    answers = [begin(stage, "person_password_by_login_name", login_name=one).started.json for one in (known.user_name, "nobody_99")]
    for one in answers:
        one.update(recovery_id="", ticket="")
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("kind", "given", "broken"),
    [
        ("person_password", {}, {"name": "missing", "document_number": "missing"}),
        ("person_password", {"name": "李晓波", "document_number": "1", "uscc": "91130400B08C7833XN"}, {"uscc": "unknown_field"}),
        ("unit_password", {"uscc": "911304003000000000"}, {"uscc": "uscc_checksum"}),
        ("unit_user_name", {"unit_name": "邯郸市某某公司"}, {"uscc": "missing"}),
        ("person_password_by_mobile", {"mobile": "12345"}, {"mobile": "mobile_form"}),
        ("person_password_by_login_name", {}, {"login_name": "missing"}),
        ("one_time_code", {"login_name": "a", "one_time_code": "12"}, {"one_time_code": "sent_code_form"}),
        ("by_magic", {}, {"kind": "not_in_list"}),
    ],
)
def test_bad_input_names_the_field(stage: Stage, kind: str, given: dict[str, Any], broken: dict[str, str]) -> None:
    assert stage.call("recovery.start_recovery", {"kind": kind, **given}).broken == broken


def test_failures_ask_for_a_captcha(stage: Stage) -> None:
    person = a_verified_person(stage)
    wrong = named(person) | {"name": "王五"}
    for _ in range(LIMITS.recovery_failures_before_captcha):
        assert refused(stage, "person_password", **wrong) == "recovered_account_unknown"
    assert refused(stage, "person_password", **wrong) == "captcha_required"
    assert refused(stage, "person_password", **wrong, captcha={"captcha_id": "x", "text": "y"}) == "captcha_wrong"


def test_successes_ask_for_no_captcha(stage: Stage) -> None:
    for _ in range(LIMITS.recovery_failures_before_captcha + 2):
        assert isinstance(begin(stage, "person_password", **named(a_verified_person(stage))), Traveller)


def test_one_target_is_tried_ten_times_an_hour(stage: Stage) -> None:
    given = named(a_verified_person(stage))
    for _ in range(LIMITS.recoveries_per_target_an_hour):
        begin(stage, "person_password", **given)
    answered = stage.call("recovery.start_recovery", {"kind": "person_password", **given}, address="198.51.100.9")
    assert (answered.status, answered.code) == (429, "too_many_recoveries")
    assert int(answered.headers["Retry-After"]) <= 3600


def test_one_client_begins_thirty_an_hour(stage: Stage) -> None:
    for number in range(LIMITS.recoveries_per_client_an_hour):
        begin(stage, "person_password_by_login_name", login_name=f"nobody_{number}")
    assert refused(stage, "person_password_by_login_name", login_name="nobody_99") == "too_many_recoveries"


def test_other_targets_are_counted_apart(stage: Stage) -> None:
    for _ in range(LIMITS.recoveries_per_target_an_hour):
        begin(stage, "person_password_by_login_name", login_name="nobody_1")
    assert refused(stage, "person_password_by_login_name", login_name="nobody_1") == "too_many_recoveries"
    assert begin(stage, "person_password_by_login_name", login_name="nobody_2").started.status == 201


def test_the_audit_names_recovery_and_kind(stage: Stage) -> None:
    person = a_verified_person(stage)
    recovery = begin(stage, "person_password", **named(person))
    assert facts_of(f"ACCOUNT#{person.id}", "recovery:flow:begun") == [{"recovery": recovery.id, "kind": "person_password"}]


def test_a_repeated_start_gives_the_same_ticket(stage: Stage) -> None:
    body = {"kind": "person_password", **named(a_verified_person(stage))}
    answers = [stage.call("recovery.start_recovery", body, key="recovery-0001").json for _ in range(2)]
    assert answers[0] == answers[1]
