"""What the fault sweep plays: for each action the world before it and the request that is repeated until it is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from expertgate.caller import CallerKind, system
from expertgate.notice.actions.telling import account, tell
from expertgate.notice.store import NoticeRow
from expertgate.outbound.change import Change
from tests.builders.evidence import uploaded
from tests.builders.pictures import identity_card
from tests.stage import Answered, Stage, session_for

KEY = "sweep-key-0001"


@dataclass(frozen=True)
class Scenario:
    """A prepared world and the request; preparing returns the function that sends it."""

    action: str
    prepare: Callable[[Stage], Callable[[], Answered]]


def _read_message(stage: Stage) -> Callable[[], Answered]:
    change = Change(stage.world, system("test"))
    tell(change, account("A1"), "any")
    change.commit(None)
    token = session_for(stage, CallerKind.PERSON, "A1")
    message = str(next(iter(NoticeRow.query("ACCOUNT#A1"))).sk)
    return lambda: stage.call("notice.read_message", token=token, path={"message_id": message}, key=KEY)


def _request_upload(stage: Stage) -> Callable[[], Answered]:
    token = session_for(stage, CallerKind.PERSON, "A1")
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"}
    return lambda: stage.call("evidence.request_upload", body, token=token, key=KEY)


def _check_upload(stage: Stage) -> Callable[[], Answered]:
    token = session_for(stage, CallerKind.PERSON, "A1")
    evidence_id = uploaded(stage, token, identity_card("emblem"))
    return lambda: stage.call("evidence.check_upload", token=token, path={"evidence_id": evidence_id}, key=KEY)


SCENARIOS = [
    Scenario("notice.read_message", _read_message),
    Scenario("evidence.request_upload", _request_upload),
    Scenario("evidence.check_upload", _check_upload),
]
