"""Faults while a file is taken in."""

from expertgate.caller import CallerKind
from expertgate.evidence import store
from tests.builders.evidence import a_checked_file, uploaded
from tests.builders.pictures import identity_card
from tests.faults.scenario import Send, asking, running, scenario
from tests.stage import Stage, session_for


@scenario("evidence.request_upload")
def _request_upload(stage: Stage) -> Send:
    body = {"purpose": "bank_page", "file_name": "a.jpg", "media_type": "image/jpeg"}
    return asking(stage, "evidence.request_upload", body, token=session_for(stage, CallerKind.PERSON, "A1"))


@scenario("evidence.check_upload")
def _check_upload(stage: Stage) -> Send:
    token = session_for(stage, CallerKind.PERSON, "A1")
    return asking(stage, "evidence.check_upload", token=token, path={"evidence_id": uploaded(stage, token, identity_card("emblem"))})


@scenario("evidence.drop_file")
def _drop_file(stage: Stage) -> Send:
    row = store.find(a_checked_file(stage, "A1", "bank_page"))
    assert row is not None
    gone = {"eventName": "REMOVE", "dynamodb": {"OldImage": row.serialize(), "SequenceNumber": "1"}}
    return running(stage, "evidence.drop_file", {"Records": [gone]})
