"""The message centre shows an account's own notices, newest first, in its language."""

import pytest

from expertgate.caller import CallerKind, system
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from tests.stage import Stage, session_for


@pytest.fixture(autouse=True)
def sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue have one sentence whatever the areas say."""
    words = {"greeting": {"zh": "您好，{name}", "en": "Hello, {name}"}, "message_unknown": {"zh": "无", "en": "none"}}
    monkeypatch.setattr("expertgate.wording.section", lambda _name: words)


def tell_thrice(stage: Stage) -> str:
    """Tell an account three things and return its token."""
    for name in ("甲", "乙", "丙"):
        change = Change(stage.world, system("test"))
        tell(change, account("A1"), "greeting", name=name)
        change.commit(None)
        stage.clock.advance(seconds=1)
    return session_for(stage, CallerKind.PERSON, "A1")


def test_messages_come_newest_first_and_paged(stage: Stage) -> None:
    token = tell_thrice(stage)
    first = stage.call("notice.list_messages", token=token, query={"size": 2})
    assert [one["text"] for one in first.json["items"]] == ["您好，丙", "您好，乙"]
    assert first.json["unread"] == 3
    rest = stage.call("notice.list_messages", token=token, query={"size": 2, "cursor": first.json["next_cursor"]}, language="en")
    assert [one["text"] for one in rest.json["items"]] == ["Hello, 甲"]
    assert rest.json["next_cursor"] is None


def test_a_full_last_page_of_messages_is_the_last(stage: Stage) -> None:
    token = tell_thrice(stage)
    page = stage.call("notice.list_messages", token=token, query={"size": 3}).json
    assert (len(page["items"]), page["next_cursor"]) == (3, None)


def test_another_account_sees_nothing_of_it(stage: Stage) -> None:
    tell_thrice(stage)
    other = session_for(stage, CallerKind.UNIT, "U1")
    assert stage.call("notice.list_messages", token=other).json == {"items": [], "next_cursor": None, "unread": 0}


@pytest.mark.parametrize("size", [0, 101])
def test_a_page_has_its_limits(stage: Stage, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    token = session_for(stage, CallerKind.PERSON, "A1")
    answered = stage.call("notice.list_messages", token=token, query={"size": size})
    assert (answered.status, answered.code) == (422, "invalid_input")
    assert "size" in answered.broken


def test_a_stranger_is_sent_to_the_log_in(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert stage.call("notice.list_messages").code == "login_required"
