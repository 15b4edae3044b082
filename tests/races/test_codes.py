"""Codes under attack from many sides at once: five looks at the most, one success at the most."""

from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock

from expertgate.account.rules import Purpose
from expertgate.account.tickets import CodeRow, code_key
from expertgate.outbound.keys import Keys
from tests.builders.accounts import code_for, person_form
from tests.builders.people import a_person
from tests.builders.recoveries import begin, email_code_for
from tests.races.racing import at_once, needs_engine
from tests.stage import Answered, Stage

MOBILE = person_form()["mobile"]


class CountingKeys(Keys):
    """Keys that count how often a code was looked at."""

    def __init__(self, keys: Keys) -> None:
        """Use the same ring."""
        super().__init__(keys._load)
        self.looks = 0
        self._lock = Lock()

    def digest(self, purpose: str, value: str) -> str:
        """Count and go on."""
        with self._lock:
            self.looks += purpose == "sms_code"
        return super().digest(purpose, value)


def _verify(stage: Stage, code: str, number: int = 0) -> Answered:
    body = {"purpose": "register_person", "mobile": MOBILE, "sms_code": code}
    return stage.call("account.verify_sms_code", body, address=f"198.51.100.{number}")


def test_a_hundred_wrong_tries_get_five_looks(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    code = code_for(stage, "register_person", MOBILE)
    keys = stage.world.__dict__["keys"] = CountingKeys(stage.world.keys)
    wrong = [f"{(int(code) + number) % 1_000_000:06d}" for number in range(1, 101)]
    answers = at_once([partial(_verify, stage, one, number) for number, one in enumerate(wrong)])
    assert {one.code for one in answers} == {"sms_code_wrong"}
    assert keys.looks == 5
    row = CodeRow.find(*code_key(stage.world, Purpose.REGISTER_PERSON, f"+86{MOBILE}"))
    assert row is not None
    assert row.tries == 5
    assert _verify(stage, code).code == "sms_code_wrong"


def test_two_right_tries_succeed_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    for _ in range(5):
        code = code_for(stage, "register_person", MOBILE)
        answers = at_once([partial(_verify, stage, code) for _ in range(2)])
        assert sorted(one.status for one in answers) == [201, 422]
        stage.clock.advance(seconds=60)


def test_one_proof_registers_one_account(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    proof = _verify(stage, code_for(stage, "register_person", MOBILE)).json["mobile_proof"]
    forms: list[Mapping[str, object]] = [person_form(seed, mobile=MOBILE) | {"sms_code": proof} for seed in (1, 2, 3)]
    answers = at_once([partial(stage.call, "account.register_person", form) for form in forms])
    assert [one.status for one in answers].count(201) == 1
    assert {one.code for one in answers if one.status != 201} <= {"sms_code_wrong", "mobile_registered"}


def test_codes_asked_for_at_once_are_one(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    body = {"purpose": "register_person", "mobile": MOBILE}
    answers = at_once([partial(stage.call, "account.send_sms_code", body, address=f"198.51.100.{number}") for number in range(8)])
    assert sorted(one.status for one in answers) == [201] + [429] * 7


def test_a_letters_code_is_tried_by_the_same_rules(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    email = "li.xiaobo@example.org"
    a_person(stage, user_name="wgzj_li", email=email, email_proven=True)
    recoveries = [begin(stage, "person_password_by_email", login_name="wgzj_li") for _ in range(8)]
    code = email_code_for(stage, email)
    keys = stage.world.__dict__["keys"] = CountingKeys(stage.world.keys)
    guesses = [f"{(int(code) + number) % 1_000_000:06d}" for number in range(1, 9)]
    tries: list[Callable[[], Answered]] = [
        partial(one.call, "verify_recovery_email", {"email": email, "email_code": guess})
        for one, guess in zip(recoveries, guesses, strict=True)
    ]
    assert {one.code for one in at_once(tries)} == {"email_code_wrong"}
    assert keys.looks == 5
    body = {"email": email, "email_code": code}
    assert recoveries[0].call("verify_recovery_email", body).broken == {"email_code": "email_code_wrong"}


def test_one_letters_code_opens_one_recovery(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    email = "li.xiaobo@example.org"
    a_person(stage, user_name="wgzj_li", email=email, email_proven=True)
    recoveries = [begin(stage, "person_password_by_email", login_name="wgzj_li") for _ in range(2)]
    body = {"email": email, "email_code": email_code_for(stage, email)}
    answers = at_once([partial(one.call, "verify_recovery_email", body) for one in recoveries])
    assert sorted(one.status for one in answers) == [200, 422]
