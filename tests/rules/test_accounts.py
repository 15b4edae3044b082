"""The rules of accounts without tables: waits, locks, score, what may change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from expertgate.account import rules
from expertgate.account.model import Account, AccountKind, Channel, RealName, RealPerson, Status
from expertgate.account.rules import Sends, Tries
from expertgate.errors.account import LoginLocked, LoginSlowedDown, SmsCodesUsedUp, SmsCodeTooSoon
from expertgate.errors.base import TooMany

MOBILE = "+8613912345678"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PERSON = Account("A1", AccountKind.PERSON, Status.ACTIVE, Channel.WEB, NOW, name="陈晓波", mobile="+8613912345678")


def _tried(times: int) -> Tries:
    """Fail that often, each time as early as allowed."""
    tries, now = None, NOW
    for _ in range(times):
        tries = rules.next_try(tries, now)
        now = max(now, tries.free_at)
    assert tries is not None
    return tries


def _wait(times: int) -> float:
    """Return the pause after that many failures."""
    before = _tried(times - 1).free_at if times > 1 else NOW
    return (_tried(times).free_at - max(before, NOW)).total_seconds()


def test_each_failure_after_five_waits_twice_as_long() -> None:
    assert [_wait(times) for times in range(1, 11)] == [0, 0, 0, 0, 1, 2, 4, 8, 16, 900]


@pytest.mark.parametrize(("times", "refusal", "wait"), [(5, LoginSlowedDown, 1), (9, LoginSlowedDown, 16), (10, LoginLocked, 900)])
def test_a_try_too_early_says_how_long_to_wait(times: int, refusal: type[TooMany], wait: int) -> None:
    tries = _tried(times)
    with pytest.raises(refusal) as raised:
        rules.next_try(tries, tries.free_at - timedelta(seconds=wait))
    assert raised.value.retry_after == wait


def test_after_a_lock_the_count_begins_anew() -> None:
    locked = _tried(10)
    assert rules.next_try(locked, locked.free_at).failures == 1


@pytest.mark.parametrize(("passed", "wait"), [(0, 60), (59.5, 1), (59, 1), (30.2, 30)])
def test_a_code_too_soon_says_how_long_to_wait(passed: float, wait: int) -> None:
    with pytest.raises(SmsCodeTooSoon) as raised:
        rules.next_send(Sends("2026-03-02", 1, NOW), NOW + timedelta(seconds=passed), MOBILE)
    assert raised.value.retry_after == wait


def test_the_day_of_codes_ends_at_midnight_in_shanghai() -> None:
    late = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    used_up = Sends("2026-03-02", 10, late - timedelta(minutes=5))
    with pytest.raises(SmsCodesUsedUp) as raised:
        rules.next_send(used_up, late, MOBILE)
    assert raised.value.retry_after == 60
    assert rules.next_send(used_up, late + timedelta(minutes=1), MOBILE) == Sends("2026-03-03", 1, late + timedelta(minutes=1))


def test_the_score_of_a_perfect_account_is_a_hundred() -> None:
    perfect = replace(PERSON, real_name=RealName.PASSED, real_person=RealPerson.PASSED, email="a@example.com", email_proven=True)
    assert sum(one.points for one in rules.security_items(perfect, NOW, NOW)) == 100
    assert sum(one.of for one in rules.security_items(PERSON, None, NOW)) == 100


@pytest.mark.parametrize(("days", "points"), [(0, 20), (242, 20), (243, 10), (364, 10), (365, 0)])
def test_a_password_loses_points_with_age(days: int, points: int) -> None:
    items = rules.security_items(PERSON, NOW, NOW + timedelta(days=days))
    assert next(one.points for one in items if one.item == "password") == points


def test_a_face_to_be_renewed_scores_nothing() -> None:
    renew = replace(PERSON, real_person=RealPerson.TO_BE_RENEWED)
    assert next(one.points for one in rules.security_items(renew, NOW, NOW) if one.item == "real_person") == 0
    assert renew.is_bound


def test_a_password_expires_to_the_second() -> None:
    year = timedelta(days=365)
    assert not rules.has_expired(NOW, NOW + year - timedelta(seconds=1))
    assert rules.has_expired(NOW, NOW + year)


@pytest.mark.parametrize(("made", "alive"), [("2026-03-01", True), ("2026-03-02", False), ("2026-03-03", False), ("2026-03-04", True)])
def test_an_objection_beside_a_used_one_is_over(made: str, alive: bool) -> None:
    assert rules.is_objection_alive(made, "2026-03-02", "2026-03-03") is alive
    assert rules.is_objection_alive(made, None, None)
