"""The list of own sessions shows the good ones and which is this one."""

from expertgate.caller import CallerKind
from expertgate.settings import LIMITS
from tests.builders.accounts import a_person, a_unit, log_in
from tests.stage import Stage, session_for


def test_own_sessions_are_listed_newest_first(stage: Stage) -> None:
    made = a_person(stage)
    a_unit(stage)
    stage.clock.advance(minutes=1)
    log_in(stage, made.mobile, address="198.51.100.9")
    items = stage.call("account.list_sessions", token=made.token).json["items"]
    assert [one["is_this_one"] for one in items] == [False, True]
    assert items[0]["client"] != items[1]["client"]


def test_an_idle_session_is_not_listed(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(minutes=31)
    fresh = log_in(stage, made.mobile).json["token"]
    assert len(stage.call("account.list_sessions", token=fresh).json["items"]) == 1
    assert stage.call("account.list_sessions", token=made.token).status == 401


def test_a_session_older_than_many_ended_ones_is_seen(stage: Stage) -> None:
    made = a_person(stage)
    stage.clock.advance(minutes=1)
    for _ in range(LIMITS.page_size_most):
        session_for(stage, CallerKind.PERSON, made.id)
    assert stage.call("account.end_all_sessions", token=made.token, query={"keep_this_one": "true"}).status == 200
    (one,) = stage.call("account.list_sessions", token=made.token).json["items"]
    assert one["is_this_one"]
    assert stage.call("account.end_session", token=made.token, path={"session_id": one["session_id"]}).status == 200
    assert stage.call("account.list_sessions", token=made.token).status == 401
