"""Faults while messages are read and delivered."""

from expertgate.caller import CallerKind, system
from expertgate.notice.actions.telling import account, tell
from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from expertgate.outbound.sms import SmsFailed
from tests.faults.scenario import Send, asking, running, scenario
from tests.stage import Stage, session_for

MOBILE = "+8613800138000"


def told(stage: Stage) -> NoticeRow:
    change = Change(stage.world, system("test"))
    tell(change, account("A1", MOBILE), "real_person_passed", name="李*波")
    change.commit(None)
    return next(iter(NoticeRow.query("ACCOUNT#A1", limit=1)))


@scenario("notice.read_message")
def _read_message(stage: Stage) -> Send:
    message = str(told(stage).sk)
    return asking(stage, "notice.read_message", token=session_for(stage, CallerKind.PERSON, "A1"), path={"message_id": message})


@scenario("notice.read_all_messages")
def _read_all_messages(stage: Stage) -> Send:
    told(stage)
    return asking(stage, "notice.read_all_messages", token=session_for(stage, CallerKind.PERSON, "A1"))


@scenario("notice.deliver_notices")
def _deliver_notices(stage: Stage) -> Send:
    row = told(stage)
    keys = {"pk": {"S": row.pk}, "sk": {"S": row.sk}}
    stage.plays["settle"] = lambda: _retry_later(stage)
    event = {"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": {"Keys": keys, "SequenceNumber": "1"}}]}
    return running(stage, "notice.deliver_notices", event)


def _retry_later(stage: Stage) -> None:
    """Let the schedule come by until nobody holds the notice any more."""
    for _ in range(3):
        stage.clock.advance(hours=2)
        stage.run("notice.retry_notices", {})


@scenario("notice.retry_notices")
def _retry_notices(stage: Stage) -> Send:
    stage.world.__dict__["sms"] = _Broken()
    _deliver_notices(stage)()
    del stage.world.__dict__["sms"]
    stage.clock.advance(hours=1)
    return running(stage, "notice.retry_notices", {})


class _Broken:
    """A carrier that is down."""

    def send(self, _message: object) -> str:
        """Refuse."""
        reason = "down"
        raise SmsFailed(reason)
