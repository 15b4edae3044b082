"""What attackers try: each attack is a world before it and one try after another."""

from collections.abc import Callable
from dataclasses import dataclass

from expertgate.outbound.limits import LimitRow
from expertgate.settings import LIMITS, MINUTE
from tests.builders.accounts import PASSWORD, a_person, a_unit, code_for, log_in, person_form
from tests.builders.grants import act, opened, order, person, unit
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage

type Try = Callable[[int], Answered]

_WRONG = "Wrong12345"
_SHARDS = 10  # counters over which what everybody does together is spread


@dataclass(frozen=True)
class Attack:
    """What is tried, how many tries go through, and what the next one is told."""

    prepare: Callable[[Stage], Try]
    figure: int
    status: int = 429
    code: str = "too_many_requests"
    before: int = 0  # tries of others that the world before it stands for; they count as well


def client(number: int) -> str:
    """Return the address of one of many clients."""
    return f"198.{51 + number // 62_500}.{number // 250 % 250}.{number % 250}"


def _code_of_one_mobile(stage: Stage) -> Try:
    form = person_form()
    right = code_for(stage, "register_person", form["mobile"])

    def guess(number: int) -> Answered:
        code = right if number == LIMITS.code_tries else f"{(int(right) + number + 1) % 1_000_000:06}"
        body = {"purpose": "register_person", "mobile": form["mobile"], "sms_code": code}
        return stage.call("account.verify_sms_code", body, address=client(number))

    return guess


def _codes_to_one_mobile(stage: Stage) -> Try:
    def send(number: int) -> Answered:
        stage.clock.advance(seconds=LIMITS.code_resend_after)
        return stage.call("account.send_sms_code", {"purpose": "register_person", "mobile": "13800138000"}, address=client(number))

    return send


def _codes_from_one_client(stage: Stage) -> Try:
    mobiles = Numbers("pump")
    return lambda _number: stage.call("account.send_sms_code", {"purpose": "register_person", "mobile": mobiles.mobile()})


def _codes_in_total(stage: Stage) -> Try:
    """Let the counters of a minute stand where that many clients would have brought them: 3,000 codes one by one would take minutes."""
    send, most = _codes_from_one_client(stage), LIMITS.codes_in_total_a_minute // _SHARDS
    _counted_in_total(stage, most - 1)
    assert send(0).status == 201  # whichever counter is asked, its last code is still sent
    _counted_in_total(stage, most)
    return send


def _counted_in_total(stage: Stage, times: int) -> None:
    now = int(stage.clock.now().timestamp())
    ends = now - now % MINUTE + MINUTE
    for shard in range(_SHARDS):
        LimitRow(pk=f"LIMIT#codes#{shard}", sk=f"{MINUTE}#{ends}", times=times, expires=ends).save()


def _one_account_one_client(stage: Stage) -> Try:
    made = a_person(stage)
    return lambda _number: log_in(stage, made.mobile, _WRONG)


def _one_account_many_clients(stage: Stage) -> Try:
    made = a_person(stage)
    return lambda number: log_in(stage, made.mobile, _WRONG, address=client(number))


def _many_accounts_one_client(stage: Stage) -> Try:
    return lambda number: log_in(stage, f"1380013{number:04}", _WRONG)


def _many_accounts_many_clients(stage: Stage) -> Try:
    made = [a_person(stage, seed) for seed in (1, 2, 3)]
    return lambda number: log_in(stage, made[number % 3].mobile, _WRONG, address=client(number))


def _present_password(stage: Stage) -> Try:
    made = a_person(stage)
    body = {"current_password": _WRONG, "password": "Wv8nTqrx3Ycd", "password_confirmation": "Wv8nTqrx3Ycd"}
    return lambda _number: stage.call("account.change_password", body, token=made.token)


def _user_names(stage: Stage) -> Try:
    return lambda number: stage.call("account.check_user_name", {"user_name": f"name_{number}"})


def _names_for_a_number(stage: Stage) -> Try:
    employer, agent = opened(stage, unit(stage)), person(stage)
    body = {"document_type": "resident_id", "document_number": agent.number, "name": "王小明"}
    return lambda _number: stage.call("delegation.find_person", body, token=employer.token)


def _bound_again_and_again(stage: Stage) -> Try:
    employer, agent = opened(stage, unit(stage)), person(stage)

    def bind(_number: int) -> Answered:
        answered = stage.call("delegation.bind_agent", order(stage, agent), token=employer.token)
        if answered.status == 201:
            act(stage, employer, "revoke_grant", answered.json["id"])
        return answered

    return bind


def _numbers_of_people(stage: Stage) -> Try:
    employer, numbers = opened(stage, unit(stage)), Numbers("enumerate")

    def search(_number: int) -> Answered:
        body = {"document_type": "resident_id", "document_number": numbers.resident_id(), "name": "王小明"}
        return stage.call("delegation.find_person", body, token=employer.token)

    return search


def _registrations(stage: Stage) -> Try:
    return lambda number: stage.call("account.register_person", person_form(number) | {"sms_code": "123456"})


def _recoveries_of_one(stage: Stage) -> Try:
    made = a_person(stage)
    known = {"kind": "person_password", "name": made.form["name"], "document_number": made.form["document_number"]}
    return lambda number: stage.call("recovery.start_recovery", known, address=client(number))


def _recoveries_by_one(stage: Stage) -> Try:
    """Begin what tells nothing before a mobile is proven, each time with another one: none of it fails."""
    return lambda number: stage.call("recovery.start_recovery", {"kind": "person_appeal", "mobile": f"139{number:08}"})


def _objections(stage: Stage) -> Try:
    return lambda number: stage.call("account.object_to_mobile_change", {"objection_code": f"{number:020}"})


def _uploads(stage: Stage) -> Try:
    made = a_unit(stage)
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"}
    return lambda _number: stage.call("evidence.request_upload", body, token=made.token)


def _captchas(stage: Stage) -> Try:
    return lambda _number: stage.call("account.renew_captcha", {})


def _right_password_late(stage: Stage) -> Try:
    """Guess from many clients until the name is locked, then know the password: the lock is on the name, not on the guess."""
    made = a_person(stage)
    last = LIMITS.login_failures_per_name_an_hour
    return lambda number: log_in(stage, made.mobile, PASSWORD if number == last else _WRONG, address=client(number))


ATTACKS = {
    "a code guessed, many clients": Attack(_code_of_one_mobile, LIMITS.code_tries, 422, "sms_code_wrong"),
    "codes to one mobile a day": Attack(_codes_to_one_mobile, LIMITS.codes_per_mobile_a_day, code="sms_codes_used_up"),
    "codes from one client without a captcha": Attack(_codes_from_one_client, LIMITS.codes_before_captcha, 422, "captcha_required"),
    "codes in total a minute": Attack(_codes_in_total, 0, before=LIMITS.codes_in_total_a_minute),
    "passwords, one account, one client": Attack(_one_account_one_client, LIMITS.login_captcha_after, 422, "captcha_required"),
    "passwords, one account, many clients": Attack(_one_account_many_clients, LIMITS.login_failures_per_name_an_hour),
    "passwords, many accounts, one client": Attack(_many_accounts_one_client, LIMITS.login_failures_per_client_an_hour),
    "passwords, three accounts, many clients": Attack(_many_accounts_many_clients, 3 * LIMITS.login_failures_per_name_an_hour),
    "the right password after too many wrong": Attack(_right_password_late, LIMITS.login_failures_per_name_an_hour),
    "present password in a stolen session": Attack(_present_password, LIMITS.password_proofs_an_hour),
    "user names asked without a captcha": Attack(_user_names, LIMITS.look_ups_before_captcha, 422, "captcha_required"),
    "wrong names for one number": Attack(_names_for_a_number, LIMITS.find_person_wrong_names, code="too_many_wrong_names"),
    "people enumerated by number": Attack(_numbers_of_people, LIMITS.find_person_wrong_names, code="too_many_wrong_names"),
    "one person bound and revoked": Attack(_bound_again_and_again, LIMITS.grant_changes_a_day, code="too_many_grant_changes"),
    "registrations from one client": Attack(_registrations, LIMITS.registrations_per_client_an_hour),
    "recoveries of one person, many clients": Attack(_recoveries_of_one, LIMITS.recoveries_per_target_an_hour, code="too_many_recoveries"),
    "recoveries of many, one client": Attack(_recoveries_by_one, LIMITS.recoveries_per_client_an_hour, code="too_many_recoveries"),
    "objection codes guessed, one client": Attack(_objections, LIMITS.look_ups_per_client_an_hour),
    "uploads asked for": Attack(_uploads, LIMITS.uploads_an_hour),
    "captchas drawn for one client": Attack(_captchas, LIMITS.captchas_per_client_an_hour),
}
