"""The unit grants or refuses an extension (DEL-14)."""

from tests.builders.grants import Somebody, act, again, bound, day, opened, person, told, unit
from tests.stage import Stage


def _asked(stage: Stage) -> tuple[Somebody, Somebody, str]:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = str(bound(stage, employer, agent, last_day=day(stage, 3)).json["id"])
    act(stage, agent, "ask_extension", grant_id, {"last_day": day(stage, 90), "reason": "项目延期"})
    return employer, agent, grant_id


def test_a_granted_extension_moves_the_last_day(stage: Stage) -> None:
    employer, agent, grant_id = _asked(stage)
    answered = act(stage, employer, "answer_extension", grant_id, {"granted": True})
    assert (answered.json["last_day"], answered.json["extension"]) == (day(stage, 90), None)
    assert told(stage, agent)[-1] == "grant_extension_granted"


def test_a_refused_extension_moves_nothing(stage: Stage) -> None:
    employer, agent, grant_id = _asked(stage)
    answered = act(stage, employer, "answer_extension", grant_id, {"granted": False})
    assert (answered.json["last_day"], answered.json["extension"]) == (day(stage, 3), None)
    assert told(stage, agent)[-1] == "grant_extension_refused"
    assert act(stage, employer, "answer_extension", grant_id, {"granted": True}).code == "extension_not_asked"


def test_an_answer_comes_too_late_after_the_end(stage: Stage) -> None:
    employer, _, grant_id = _asked(stage)
    stage.clock.advance(days=4)
    late = act(stage, again(stage, employer), "answer_extension", grant_id, {"granted": True})
    assert late.json["facts"] == {"state": "expired", "deed": "answer_extension"}


def test_an_answer_says_yes_or_no(stage: Stage) -> None:
    employer, _, grant_id = _asked(stage)
    assert act(stage, employer, "answer_extension", grant_id, {"granted": "maybe"}).broken == {"granted": "wrong_type"}
