"""At which figure each attack is stopped, and with which answer: one table, each line tried."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

from expertgate.settings import LIMITS
from tests.builders.accounts import a_person, code_for, log_in, person_form, register_person
from tests.builders.grants import opened, person, unit
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage

type Attack = Callable[[Stage], Callable[[int], Answered]]


def _codes_to_one_mobile(stage: Stage) -> Callable[[int], Answered]:
    def send(_number: int) -> Answered:
        stage.clock.advance(seconds=LIMITS.code_resend_after)
        body = {"purpose": "register_person", "mobile": "13800138000"}
        return stage.call("account.send_sms_code", body, address=f"198.51.100.{_number}")

    return send


def _codes_from_one_client(stage: Stage) -> Callable[[int], Answered]:
    mobiles = Numbers("pump")
    return lambda _number: stage.call("account.send_sms_code", {"purpose": "register_person", "mobile": mobiles.mobile()})


def _guesses_of_a_code(stage: Stage) -> Callable[[int], Answered]:
    form = person_form()
    right = code_for(stage, "register_person", form["mobile"])

    def guess(number: int) -> Answered:
        wrong = f"{(int(right) + number + 1) % 1_000_000:06}"
        body = {"purpose": "register_person", "mobile": form["mobile"], "sms_code": wrong if number < LIMITS.code_tries else right}
        return stage.call("account.verify_sms_code", body)

    return guess


def _wrong_names_for_a_number(stage: Stage) -> Callable[[int], Answered]:
    employer, agent = opened(stage, unit(stage)), person(stage)

    def search(_number: int) -> Answered:
        body = {"document_type": "resident_id", "document_number": agent.number, "name": "王小明"}
        return stage.call("delegation.find_person", body, token=employer.token)

    return search


def _registrations_from_one_client(stage: Stage) -> Callable[[int], Answered]:
    return lambda number: stage.call("account.register_person", person_form(number) | {"sms_code": "123456"})


# attack, how many tries go through, the answer to the next one
_TABLE: list[tuple[str, Attack, int, int]] = [
    ("codes to one mobile in a day", _codes_to_one_mobile, LIMITS.codes_per_mobile_a_day, 429),
    ("codes from one client in an hour", _codes_from_one_client, LIMITS.codes_per_client_an_hour, 429),
    ("wrong names for one number", _wrong_names_for_a_number, LIMITS.find_person_wrong_names, 429),
    ("registrations from one client in an hour", _registrations_from_one_client, LIMITS.registrations_per_client_an_hour, 429),
]


@pytest.mark.parametrize(("attack", "goes_through", "answer"), [line[1:] for line in _TABLE], ids=[line[0] for line in _TABLE])
def test_an_attack_ends_at_its_figure(stage: Stage, attack: Attack, goes_through: int, answer: int) -> None:
    attempt = attack(stage)
    answers = [attempt(number) for number in range(goes_through + 1)]
    assert {one.status for one in answers[:-1]}.isdisjoint({429, 500, 503}), [one.text for one in answers]
    assert answers[-1].status == answer, answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_right_code_after_five_wrong_is_too_late(stage: Stage) -> None:
    guess = _guesses_of_a_code(stage)
    answers = [guess(number) for number in range(LIMITS.code_tries + 1)]
    assert {one.code for one in answers} == {"sms_code_wrong"}


def test_guessing_one_password_is_locked(stage: Stage) -> None:
    made = a_person(stage)
    answers = [
        log_in(stage, made.mobile, "Wrong12345", address=f"198.51.100.{number}")
        for number in range(LIMITS.login_failures_per_name_an_hour + 1)
    ]
    assert answers[-1].status == 429
    assert 201 not in {one.status for one in answers}


def test_one_client_guessing_at_many_is_locked(stage: Stage) -> None:
    answers = (log_in(stage, f"1380013{number:04}", "Wrong12345") for number in range(LIMITS.login_failures_per_client_an_hour + 1))
    assert 429 in {one.status for one in itertools.islice(answers, LIMITS.login_failures_per_client_an_hour + 1)}


def test_known_and_unknown_accounts_answer_alike(stage: Stage) -> None:
    made = a_person(stage)
    said = [
        log_in(stage, name, "Wrong12345", address=f"198.51.100.{number}").json for number, name in enumerate((made.mobile, "13900139000"))
    ]
    assert [one | {"request_id": ""} for one in said[:1]] == [one | {"request_id": ""} for one in said[1:]]


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        ("x" * (LIMITS.body_bytes + 1), 413, "body_too_large"),
        ("[" * 100_000 + "]" * 100_000, 422, "malformed_body"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, 422, None),
        (json.dumps({"user_name": "a" * 200_000}), 422, "invalid_input"),
        (json.dumps({f"field_{number}": number for number in range(5_000)}), 422, "invalid_input"),
        ('{"user_name": 1e400}', 422, None),
    ],
    ids=["too long", "nested lists", "nested objects", "one long value", "many fields", "a number without end"],
)
def test_a_bomb_is_refused_in_the_usual_words(stage: Stage, raw: str, status: int, code: str | None) -> None:
    answered = stage.call("account.check_user_name", raw=raw)
    assert answered.status == status, answered.text
    assert code in {None, answered.code}
    assert len(answered.text) < 2_000_000


def test_a_huge_header_names_nobody(stage: Stage) -> None:
    huge: dict[str, Any] = {"token": "A" * 100_000}
    assert stage.call("account.show_account", **huge).status == 401
    assert stage.call("account.check_user_name", {"user_name": "somebody"}, key="k" * 100_000).code == "idempotency_key_invalid"
    assert register_person(stage, person_form()).status == 201
