"""One session is ended by its id; others' sessions are unknown."""

from tests.builders.accounts import a_person, a_unit, log_in
from tests.stage import Stage


def test_one_session_is_ended_the_other_stays(stage: Stage) -> None:
    made = a_person(stage)
    other = log_in(stage, made.mobile).json["token"]
    items = stage.call("account.list_sessions", token=made.token).json["items"]
    other_id = next(one["session_id"] for one in items if not one["is_this_one"])
    assert stage.call("account.end_session", token=made.token, path={"session_id": other_id}).status == 200
    assert stage.call("account.show_account", token=other).status == 401
    assert stage.call("account.show_account", token=made.token).status == 200
    assert stage.call("account.end_session", token=made.token, path={"session_id": other_id}).code == "session_unknown"


def test_a_session_of_another_account_is_unknown(stage: Stage) -> None:
    person, unit = a_person(stage), a_unit(stage)
    mine = stage.call("account.list_sessions", token=unit.token).json["items"][0]["session_id"]
    assert stage.call("account.end_session", token=person.token, path={"session_id": mine}).code == "session_unknown"
    assert stage.call("account.show_account", token=unit.token).status == 200
