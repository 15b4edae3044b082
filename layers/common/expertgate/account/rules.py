"""What holds for accounts: limits of codes and of tries, user names, consent, expiry, the security score."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from expertgate.errors.account import LoginLocked, LoginSlowedDown, SmsCodesUsedUp, SmsCodeTooSoon
from expertgate.forms.dates import end_of, shanghai_day
from expertgate.settings import LIMITS


class Purpose(StrEnum):
    """What a code is good for; a code of one purpose is worth nothing for another."""

    REGISTER_PERSON = "register_person"
    REGISTER_UNIT = "register_unit"
    COMPLETE_INFORMATION = "complete_information"
    CHANGE_MOBILE = "change_mobile"
    CONFIRM_MOBILE = "confirm_mobile"
    RESET_PASSWORD = "reset_password"  # noqa: S105 -- a purpose, not a secret
    FIND_LOGIN_NAME = "find_login_name"
    RESET_MOBILE = "reset_mobile"
    ADD_MOBILE = "add_mobile"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Sends:
    """What was sent to one mobile: on which day how many codes, and when the last."""

    day: str
    times: int
    last: datetime


def next_send(sends: Sends | None, now: datetime) -> Sends:
    """Count one more code to a mobile.

    Raises SmsCodeTooSoon within a minute of the last, SmsCodesUsedUp after the tenth of a day (Shanghai).
    """
    today = shanghai_day(now).isoformat()
    if sends is None:
        return Sends(today, 1, now)
    wait = LIMITS.code_resend_after - (now - sends.last).total_seconds()
    if wait > 0:
        raise SmsCodeTooSoon(seconds(wait))
    if sends.day != today:
        return Sends(today, 1, now)
    if sends.times >= LIMITS.codes_per_mobile_a_day:
        raise SmsCodesUsedUp(seconds((end_of(shanghai_day(now)) - now).total_seconds()), limit=LIMITS.codes_per_mobile_a_day)
    return Sends(today, sends.times + 1, now)


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed log-ins under one name from one client, and when the next may come."""

    failures: int
    free_at: datetime


def next_try(tries: Tries | None, now: datetime) -> Tries:
    """Count one more try as failed, before anything is compared: a few are free, then each waits twice as long, then a lock.

    Raises LoginSlowedDown or LoginLocked when it comes too early.
    """
    failures = tries.failures if tries else 0
    locked = failures >= LIMITS.login_lock_after
    if tries and now < tries.free_at:
        refusal = LoginLocked if locked else LoginSlowedDown
        raise refusal(seconds((tries.free_at - now).total_seconds()))
    failures = 1 if locked else failures + 1
    return Tries(failures, now + _pause(failures))


def needs_captcha(tries: Tries | None) -> bool:
    """Tell whether the next log-in must bring a solved captcha."""
    return tries is not None and tries.failures >= LIMITS.login_captcha_after


def seconds(wait: float) -> int:
    """Round a wait up to whole seconds."""
    return int(-(-wait // 1))


def _pause(failures: int) -> timedelta:
    if failures >= LIMITS.login_lock_after:
        return timedelta(seconds=LIMITS.login_lock_time)
    over = failures - LIMITS.login_free_failures
    return timedelta(seconds=2**over if over >= 0 else 0)
