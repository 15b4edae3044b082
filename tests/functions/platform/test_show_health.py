"""The health door answers anyone and knows who may not pass."""

from tests.stage import Stage


def test_anyone_may_ask_for_health(stage: Stage) -> None:
    answered = stage.call("platform.show_health")
    assert (answered.status, answered.json["stage"]) == (200, "test")
    assert answered.headers["Cache-Control"] == "no-store"


def test_a_made_up_token_is_refused(stage: Stage) -> None:
    answered = stage.call("platform.show_health", token="A~B.C", language="en")
    assert (answered.status, answered.code) == (401, "login_required")
    assert answered.json["title"] == "Please log in first."
