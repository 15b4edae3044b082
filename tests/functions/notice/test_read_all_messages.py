"""All messages can be marked as read at once."""

from expertgate.caller import CallerKind, system
from expertgate.notice.actions.telling import account, tell
from expertgate.outbound.change import Change
from tests.stage import Stage, session_for


def test_nothing_is_unread_after_reading_all(stage: Stage) -> None:
    for _ in range(3):
        change = Change(stage.world, system("test"))
        tell(change, account("A1"), "any")
        change.commit(None)
    token = session_for(stage, CallerKind.PERSON, "A1")
    assert stage.call("notice.read_all_messages", token=token).json == {"unread": 0}
