"""All sessions end at once, this one kept where that is asked for."""

from tests.builders.accounts import a_person, log_in
from tests.builders.audits import facts_of
from tests.stage import Stage


def test_all_sessions_end_at_once(stage: Stage) -> None:
    made = a_person(stage)
    other = log_in(stage, made.mobile).json["token"]
    assert stage.call("account.end_all_sessions", token=made.token).status == 200
    assert {stage.call("account.show_account", token=one).status for one in (made.token, other)} == {401}
    assert log_in(stage, made.mobile).status == 201


def test_this_session_is_kept_when_asked_for(stage: Stage) -> None:
    made = a_person(stage)
    other = log_in(stage, made.mobile).json["token"]
    assert stage.call("account.end_all_sessions", token=made.token, query={"keep_this_one": "true"}).status == 200
    assert stage.call("account.show_account", token=other).status == 401
    assert stage.call("account.show_account", token=made.token).status == 200


def test_the_audit_tells_what_was_kept(stage: Stage) -> None:
    made = a_person(stage)
    assert stage.call("account.end_all_sessions", token=made.token, query={"keep_this_one": "true"}).status == 200
    assert facts_of(f"ACCOUNT#{made.id}", "account:sessions:ended") == [{"kept": True}]


def test_the_audit_names_the_session(stage: Stage) -> None:
    made = a_person(stage)
    session = stage.call("account.list_sessions", token=made.token).json["items"][0]["session_id"]
    assert stage.call("account.end_session", token=made.token, path={"session_id": session}).status == 200
    assert facts_of(f"ACCOUNT#{made.id}", "account:session:ended") == [{"session": session}]
