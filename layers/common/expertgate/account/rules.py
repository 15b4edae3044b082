"""What holds for accounts: limits of codes and of tries, user names, expiry, the security score."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from expertgate.account.consents import still_asked
from expertgate.account.model import Account, AccountKind, Missing, RealName, RealPerson, UnitFacts
from expertgate.errors.account import (
    DocumentBound,
    EmailCodesUsedUp,
    EmailCodeTooSoon,
    InformationInReview,
    LoginLocked,
    LoginSlowedDown,
    SmsCodesUsedUp,
    SmsCodeTooSoon,
)
from expertgate.forms.dates import end_of, shanghai_day
from expertgate.forms.names import parse_unit_name
from expertgate.forms.problems import FieldProblem
from expertgate.forms.user_names import LEGACY_PREFIX
from expertgate.records import Record
from expertgate.settings import LIMITS


class Purpose(StrEnum):
    """What a code is good for; a code of one purpose is worth nothing for another."""

    REGISTER_PERSON = "register_person"
    REGISTER_UNIT = "register_unit"
    CHANGE_MOBILE = "change_mobile"
    CONFIRM_MOBILE = "confirm_mobile"
    RESET_PASSWORD = "reset_password"  # noqa: S105 -- a purpose, not a secret
    FIND_LOGIN_NAME = "find_login_name"
    RESET_MOBILE = "reset_mobile"
    ADD_MOBILE = "add_mobile"
    APPEAL = "appeal"
    CONFIRM_EMAIL = "confirm_email"


class SmsPurpose(StrEnum):
    """What a code by short message is good for."""

    REGISTER_PERSON = Purpose.REGISTER_PERSON.value
    REGISTER_UNIT = Purpose.REGISTER_UNIT.value
    CHANGE_MOBILE = Purpose.CHANGE_MOBILE.value
    CONFIRM_MOBILE = Purpose.CONFIRM_MOBILE.value
    RESET_PASSWORD = Purpose.RESET_PASSWORD.value
    FIND_LOGIN_NAME = Purpose.FIND_LOGIN_NAME.value
    RESET_MOBILE = Purpose.RESET_MOBILE.value
    ADD_MOBILE = Purpose.ADD_MOBILE.value
    APPEAL = Purpose.APPEAL.value


def is_email(address: str) -> bool:
    """Tell an e-mail address from a mobile: where a code went."""
    return "@" in address


class Sends(Record):
    """What was sent to one mobile or e-mail address: on which day how many codes, and when the last."""

    day: str
    times: int
    last: datetime


def next_send(sends: Sends | None, now: datetime, address: str) -> Sends:
    """Count one more code to a mobile or an e-mail address.

    Within a minute of the last it raises SmsCodeTooSoon or EmailCodeTooSoon, after the tenth of a day (Shanghai) SmsCodesUsedUp or
    EmailCodesUsedUp.
    """
    today = shanghai_day(now).isoformat()
    if sends is None:
        return Sends(today, 1, now)
    wait = LIMITS.code_resend_after - (now - sends.last).total_seconds()
    if wait > 0:
        raise too_soon(address)(seconds(wait))
    if sends.day != today:
        return Sends(today, 1, now)
    most = LIMITS.codes_per_email_a_day if is_email(address) else LIMITS.codes_per_mobile_a_day
    if sends.times >= most:
        used_up = EmailCodesUsedUp if is_email(address) else SmsCodesUsedUp
        raise used_up(seconds((end_of(shanghai_day(now)) - now).total_seconds()), limit=most)
    return Sends(today, sends.times + 1, now)


def too_soon(address: str) -> type[EmailCodeTooSoon | SmsCodeTooSoon]:
    """Return how it is refused that a code was sent there a moment ago."""
    return EmailCodeTooSoon if is_email(address) else SmsCodeTooSoon


class Tries(Record):
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


def new_user_name(name: str) -> str:
    """Refuse a user name that would pass for one of the old project system (ACC-14)."""
    if name.upper().startswith(LEGACY_PREFIX):
        raise FieldProblem("user_name_reserved", prefix=LEGACY_PREFIX)
    return name


def has_expired(set_at: datetime, now: datetime) -> bool:
    """Tell whether a password is too old to log in with (ACC-16)."""
    return now >= expires_at(set_at)


def lacks_information(account: Account) -> bool:
    """Tell whether starred fields are missing (ACC-19): a person's document with its validity, a unit's two people."""
    if account.unit is not None:
        return not _is_represented(account.unit) or account.unit.main_agent is None
    return account.name is None or account.document is None or not account.document.has_validity


def _is_represented(unit: UnitFacts) -> bool:
    return unit.legal_representative is not None and unit.legal_representative.type is not None


def missing_information(account: Account, in_force: Mapping[str, str]) -> list[Missing]:
    """Return what the account should do next: consent to the agreements in force, complete its data, prove its name, show a face.

    A name that is being reviewed is not asked for.
    """
    steps = [Missing.CONSENT_TO_AGREEMENTS] if still_asked(account, in_force) else []
    if lacks_information(account):
        steps.append(Missing.COMPLETE_INFORMATION)
    if account.real_name in {RealName.UNCHECKED, RealName.FAILED}:
        steps.append(Missing.CHECK_REAL_NAME)
    if account.kind is AccountKind.PERSON and account.real_person is not RealPerson.PASSED:
        steps.append(Missing.CHECK_REAL_PERSON)
    return steps


class ScoreItem(Record):
    """One part of the security score (安全评分)."""

    item: str
    points: int
    of: int


def security_items(account: Account, password_set_at: datetime | None, now: datetime) -> list[ScoreItem]:
    """Return the parts of the security score, 100 together: who the holder is weighs most, then how he can be reached, then the password.

    Real name 30, real person 20 (a unit, which has no face: legal representative's type 20), mobile 20, e-mail 10, password 20: half of
    it once a third of its life is left, nothing when it has expired.
    """
    is_unit = account.unit is not None
    second = _is_represented(account.unit) if account.unit else account.real_person is RealPerson.PASSED
    return [
        _item("real_name", 30, account.real_name is RealName.PASSED),
        _item("representative" if is_unit else "real_person", 20, second),
        _item("mobile", 20, account.mobile is not None),
        _item("email", 10, account.proven_email is not None),
        ScoreItem("password", _password_points(password_set_at, now), 20),
    ]


def expires_at(password_set_at: datetime) -> datetime:
    """Return when a password stops being good."""
    return password_set_at + timedelta(days=LIMITS.password_life_days)


def _item(name: str, worth: int, is_there: bool) -> ScoreItem:  # noqa: FBT001 -- a column of the table above
    return ScoreItem(name, worth if is_there else 0, worth)


def _password_points(set_at: datetime | None, now: datetime) -> int:
    if set_at is None or now >= expires_at(set_at):
        return 0
    return 20 if now < set_at + timedelta(days=LIMITS.password_life_days * 2 // 3) else 10


def own_values(account: Account) -> list[str]:
    """Return what an attacker knows of the holder and no password may hold."""
    found = [account.name, account.user_name, account.mobile, account.email]
    found += [account.document.number] if account.document else []
    if account.unit is not None:
        people = (account.unit.legal_representative, account.unit.main_agent)
        found += [account.unit.uscc, *(one.name for one in people if one), *(one.document.number for one in people if one)]
    return [one for one in found if one]


def documents_of(account: Account) -> frozenset[str]:
    """Return the unique keys of the documents of everybody the account speaks for: its holder, a unit's representative and main agent."""
    people = (account.unit.legal_representative, account.unit.main_agent) if account.unit else ()
    held = [account.document, *(one.document for one in people if one)]
    return frozenset(one.unique_key for one in held if one)


def with_unit_change(unit: UnitFacts, changed: dict[str, str]) -> UnitFacts:
    """Return a unit's facts with what was typed anew; the name's key follows the name."""
    if "unit_name" in changed:
        name = parse_unit_name(changed["unit_name"])
        changed = changed | {"unit_name": name.display, "name_key": name.key}
    return replace(unit, **changed)  # type: ignore[arg-type]  # the request has only fields of the facts


def changed_fields(before: Account, after: Account) -> set[str]:
    """Return what changed, in words; `identity` is what the register is asked about."""
    found = {name for name in ("email", "landline") if getattr(before, name) != getattr(after, name)}
    if before.unit is None or after.unit is None:
        same = (before.name, before.document) == (after.name, after.document)
        return found if same else found | {"identity"}
    for name in ("legal_representative", "main_agent"):
        if getattr(before.unit, name) != getattr(after.unit, name):
            found.add(name)
    if _registered(before.unit) != _registered(after.unit):
        found.add("identity")
    if (before.unit.landline, before.unit.address) != (after.unit.landline, after.unit.address):
        found.add("contact")
    return found


def demand_changeable(before: Account, after: Account, fields: set[str]) -> None:
    """Refuse what may not change: anything of the identity while it is reviewed, and what is bound ever (ACC-18).

    Raises InformationInReview, DocumentBound.
    """
    if "identity" in fields and before.real_name is RealName.IN_REVIEW:
        raise InformationInReview
    if before.is_bound and _bound(before) != _bound(after):
        raise DocumentBound


def _registered(unit: UnitFacts) -> tuple[object, ...]:
    agent = unit.main_agent
    return unit.unit_name, unit.uscc, unit.legal_person_type, unit.legal_representative, (agent.name, agent.document) if agent else None


def _bound(account: Account) -> tuple[object, ...]:
    """Return what is settled once confirmed: a unit's credit code; a person's number, and his name unless the register can say another."""
    if account.unit is not None:
        return (account.unit.uscc,)
    number = account.document.unique_key if account.document else None
    return (number,) if account.real_name is RealName.PASSED else (number, account.name)


def is_objection_alive(made: str, objected_from: str | None, objected_at: str | None) -> bool:
    """Tell whether an objection to a change of mobile still counts after another was used; all are stamps.

    The older one wins, whichever is used first: who took the account over by a first change could else make a second one and undo only
    that. What was made after the last use is a new story.
    """
    if objected_from is None or objected_at is None:
        return True
    return made < objected_from or made > objected_at
