"""Guessing from many threads of one client gets no further than guessing in turn."""

from functools import partial

from tests.builders.accounts import PASSWORD, a_person, log_in
from tests.races.racing import at_once, needs_engine
from tests.stage import Stage


def test_parallel_guesses_are_counted_one_by_one(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    made = a_person(stage)
    answers = at_once([partial(log_in, stage, made.mobile, f"Wrong1234{number}") for number in range(30)])
    refused = [one for one in answers if one.code == "login_refused"]
    assert 1 <= len(refused) <= 3
    assert {one.code for one in answers} <= {"login_refused", "too_many_requests", "captcha_required"}


def test_two_sessions_may_begin_at_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    made = a_person(stage)
    answers = at_once([partial(log_in, stage, made.mobile, PASSWORD, address=one) for one in ("198.51.100.1", "198.51.100.2")])
    assert {one.status for one in answers} <= {201, 409, 503}
    assert 201 in {one.status for one in answers}
