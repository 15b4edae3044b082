"""Whether a user name is taken, the legacy form included; counted per client."""

import pytest

from tests.builders.accounts import a_unit
from tests.builders.captchas import solved
from tests.stage import Answered, Stage


def _ask(stage: Stage, name: str, **request: object) -> Answered:
    return stage.call("account.check_user_name", {"user_name": name}, **request)


def test_a_free_name_is_not_taken(stage: Stage) -> None:
    answered = _ask(stage, "Handan")
    assert (answered.status, answered.json) == (200, {"user_name": "Handan", "is_taken": False, "also_asked": "WGZJXM_HANDAN"})


@pytest.mark.parametrize("asked", ["unit_1", "UNIT_1", "WGZJXM_unit_1", "ｕｎｉｔ＿１"])
def test_a_taken_name_answers_in_all_its_forms(stage: Stage, asked: str) -> None:
    a_unit(stage, user_name="unit_1")
    assert _ask(stage, asked).json["is_taken"] is True


@pytest.mark.parametrize("name", ["a-b", "名字", "a b", "___", "a" * 51])
def test_a_name_that_cannot_be_is_refused(stage: Stage, name: str) -> None:
    answered = _ask(stage, name, language="en")
    assert answered.status == 422
    assert set(answered.broken) == {"user_name"}


def test_asking_often_needs_a_captcha(stage: Stage) -> None:
    answers = [_ask(stage, f"name_{number}") for number in range(121)]
    assert [one.status for one in answers[:20]] == [200] * 20
    assert answers[20].code == "captcha_required"
    assert answers[120].status == 429


def test_a_solved_captcha_lets_one_ask_on(stage: Stage) -> None:
    for number in range(20):
        _ask(stage, f"name_{number}")
    captcha = solved(stage)
    asked = {"user_name": "one_more", "captcha": captcha}
    assert stage.call("account.check_user_name", asked).json["is_taken"] is False
    assert stage.call("account.check_user_name", asked).code == "captcha_wrong"
