"""An official's log-in needs both factors; no step counts twice; failures lock; every refusal looks the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from expertgate.outbound.limits import LimitRow, count
from expertgate.review.model import Duty
from expertgate.review.rules.totp import STEP_SECONDS, code_at
from expertgate.review.store.officials import row_by_name
from expertgate.settings import HOUR, LIMITS
from tests.builders.audits import facts_of
from tests.builders.officials import NATIONAL, official
from tests.functions.review.test_enrol_official import PASSWORD, enrol, invited
from tests.stage import Answered, Stage


@pytest.fixture
def enrolled(stage: Stage) -> dict[str, Any]:
    """Give an official who has set up his log-in."""
    answer: dict[str, Any] = enrol(stage, invited(stage)["enrolment_code"]).json
    return answer


def _code(stage: Stage, enrolled: dict[str, Any], steps: int = 0) -> str:
    return code_at(enrolled["totp_secret"], int(stage.clock.now().timestamp()) // STEP_SECONDS + steps)


def _log_in(stage: Stage, code: str, password: str = PASSWORD, user_name: str = "handan_li") -> Answered:
    return stage.call("review.log_in_official", {"user_name": user_name, "password": password, "code": code})


def test_both_factors_open_a_session(stage: Stage, enrolled: dict[str, Any]) -> None:
    answered = _log_in(stage, _code(stage, enrolled), user_name="HANDAN_LI")
    assert (answered.status, answered.json["bureau"], answered.json["duties"]) == (201, "130400", ["reviewer"])
    assert stage.call("review.list_queue", token=answered.json["token"]).status == 200


def test_the_same_step_does_not_count_twice(stage: Stage, enrolled: dict[str, Any]) -> None:
    code = _code(stage, enrolled)
    assert [_log_in(stage, code).status, _log_in(stage, code).status] == [201, 401]
    stage.clock.advance(seconds=STEP_SECONDS)
    assert _log_in(stage, _code(stage, enrolled)).status == 201


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 201), (1, 201), (2, 401)])
def test_one_step_of_drift_is_allowed(stage: Stage, enrolled: dict[str, Any], steps: int, status: int) -> None:
    assert _log_in(stage, _code(stage, enrolled, steps)).status == status


def test_a_recovery_code_counts_once(stage: Stage, enrolled: dict[str, Any]) -> None:
    code = enrolled["recovery_codes"][3]
    first = _log_in(stage, code)
    assert (first.status, first.json["recovery_codes_left"]) == (201, 9)
    assert _log_in(stage, code).status == 401


def test_every_refusal_looks_the_same(stage: Stage, enrolled: dict[str, Any]) -> None:
    good = _code(stage, enrolled)
    answers = [_log_in(stage, good, "Falsch#Wort9911"), _log_in(stage, "000000"), _log_in(stage, good, user_name="nobody_at_all")]
    assert {(one.status, one.code, one.json["title"]) for one in answers} == {
        (401, "official_login_refused", "用户名、密码或动态口令错误。"),
    }


def test_ten_failures_lock_the_log_in_for_a_time(stage: Stage, enrolled: dict[str, Any]) -> None:
    for _ in range(10):
        _log_in(stage, "000000")
    assert _log_in(stage, _code(stage, enrolled)).status == 401
    stage.clock.advance(minutes=15)
    assert _log_in(stage, _code(stage, enrolled)).status == 201


def _fail(stage: Stage, times: int) -> None:
    for _ in range(times):
        assert _log_in(stage, "0000000000").status == 401


def test_after_a_lock_one_failure_locks_nothing(stage: Stage, enrolled: dict[str, Any]) -> None:
    _fail(stage, LIMITS.login_lock_after)
    stage.clock.advance(seconds=LIMITS.login_lock_time)
    _fail(stage, 1)
    assert _log_in(stage, _code(stage, enrolled)).status == 201


def test_a_good_log_in_forgets_the_failures_before(stage: Stage, enrolled: dict[str, Any]) -> None:
    _fail(stage, LIMITS.login_lock_after - 1)
    assert _log_in(stage, _code(stage, enrolled)).status == 201
    stage.clock.advance(seconds=STEP_SECONDS)
    _fail(stage, 1)
    assert _log_in(stage, _code(stage, enrolled)).status == 201


def _done(stage: Stage, action: str) -> Answered:
    """Let an administrator do something to the official."""
    row = row_by_name("handan_li")
    assert row is not None
    administrator = official(stage, NATIONAL, Duty.ADMINISTRATOR)
    answered = stage.call(f"review.{action}", token=administrator.token, path={"official_id": row.pk.removeprefix("OFFICIAL#")})
    assert answered.status in {200, 201}, answered.text
    return answered


def test_who_set_up_anew_is_locked_no_longer(stage: Stage, enrolled: dict[str, Any]) -> None:
    assert enrolled["recovery_codes"]
    _fail(stage, LIMITS.login_lock_after)
    anew = enrol(stage, _done(stage, "invite_official").json["enrolment_code"]).json
    assert _log_in(stage, anew["recovery_codes"][0]).status == 201


@pytest.mark.parametrize("action", ["disable_official", "invite_official"])
def test_former_factors_open_nothing_any_more(stage: Stage, enrolled: dict[str, Any], action: str) -> None:
    _done(stage, action)
    answers = [_log_in(stage, code) for code in (_code(stage, enrolled), enrolled["recovery_codes"][0])]
    assert [(one.status, one.code) for one in answers] == [(401, "official_login_refused")] * 2


def test_an_invitation_keeps_neither_password_nor_codes(stage: Stage, enrolled: dict[str, Any]) -> None:
    assert enrolled["recovery_codes"]
    _done(stage, "invite_official")
    row = row_by_name("handan_li")
    assert row is not None
    assert not {"password_hash", "recovery_hashes"} & set(row.serialize())


def test_the_audit_says_by_which_factor(stage: Stage, enrolled: dict[str, Any]) -> None:
    official_id = _log_in(stage, _code(stage, enrolled)).json["official_id"]
    stage.clock.advance(seconds=1)
    _log_in(stage, enrolled["recovery_codes"][0])
    told = facts_of(f"OFFICIAL#{official_id}", "review:official:logged_in")
    assert [one["by"] for one in told] == ["app", "recovery_code"]


def test_the_answer_says_when_the_session_ends(stage: Stage, enrolled: dict[str, Any]) -> None:
    ends = datetime.fromisoformat(_log_in(stage, _code(stage, enrolled)).json["ends"])
    assert ends == stage.clock.now() + timedelta(hours=8)


def test_who_is_not_enrolled_cannot_log_in(stage: Stage) -> None:
    invited(stage)
    assert _log_in(stage, "123456").status == 401


def test_neither_secret_nor_codes_lie_open_in_the_table(stage: Stage, enrolled: dict[str, Any]) -> None:
    row = row_by_name("handan_li")
    assert row is not None
    written = str(row.serialize()).encode() + bytes(row.sealed)
    assert enrolled["totp_secret"].encode() not in written
    assert not [code for code in enrolled["recovery_codes"] if code.encode() in written]


def test_one_client_fails_only_so_often(stage: Stage) -> None:
    for _ in range(LIMITS.login_failures_per_client_an_hour):
        count(stage.world, f"official_login#{_client(stage)}", LIMITS.login_failures_per_client_an_hour, HOUR)
    answered = _log_in(stage, "123456", user_name="whoever_it_is")
    assert (answered.status, answered.code) == (429, "too_many_requests")


def test_a_good_log_in_is_not_counted(stage: Stage, enrolled: dict[str, Any]) -> None:
    for code in enrolled["recovery_codes"][:3]:
        assert _log_in(stage, code).status == 201
    (row,) = LimitRow.query(f"LIMIT#official_login#{_client(stage)}", page_size=10)
    assert row.times == 0


def _client(stage: Stage) -> str:
    return stage.world.keys.digest("client", stage.address)[:16]


def test_a_code_may_be_typed_in_full_width(stage: Stage, enrolled: dict[str, Any]) -> None:
    wide = _code(stage, enrolled).translate({ord("0") + one: ord("０") + one for one in range(10)})
    assert _log_in(stage, wide).status == 201
