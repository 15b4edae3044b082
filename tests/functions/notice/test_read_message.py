"""Reading a message marks it, for its owner only."""

from expertgate.caller import CallerKind, system
from expertgate.notice.actions.telling import account, tell
from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from tests.stage import Stage, session_for


def _told(stage: Stage) -> str:
    change = Change(stage.world, system("test"))
    tell(change, account("A1"), "any")
    change.commit(None)
    return str(next(iter(NoticeRow.query("ACCOUNT#A1"))).sk)


def test_a_read_message_is_unread_no_more(stage: Stage) -> None:
    message, token = _told(stage), session_for(stage, CallerKind.PERSON, "A1")
    for _ in range(2):
        assert stage.call("notice.read_message", token=token, path={"message_id": message}).json == {"unread": 0}


def test_a_foreign_message_does_not_exist_for_others(stage: Stage) -> None:
    message, token = _told(stage), session_for(stage, CallerKind.PERSON, "A2")
    foreign = stage.call("notice.read_message", token=token, path={"message_id": message})
    invented = stage.call("notice.read_message", token=token, path={"message_id": "01KJPZ5B80000000000000000"})
    assert (foreign.status, foreign.code) == (invented.status, invented.code) == (404, "message_unknown")
    assert next(iter(NoticeRow.query("ACCOUNT#A1"))).unread_for == "ACCOUNT#A1"
