"""A sent file is checked for its recovery alone."""

from tests.builders.evidence import send
from tests.builders.people import a_unit
from tests.builders.pictures import identity_card
from tests.builders.recoveries import Traveller, begin
from tests.functions.recovery.test_start_recovery import unit_named
from tests.stage import Answered, Stage


def sent(recovery: Traveller, content: bytes) -> str:
    body = {"purpose": "id_emblem", "file_name": "国徽面.png", "media_type": "image/png"}
    upload = recovery.call("request_recovery_upload", body).json
    send(upload, content)
    return str(upload["id"])


def checked(recovery: Traveller, evidence_id: str) -> Answered:
    headers, path = {"recovery-ticket": recovery.ticket}, {"recovery_id": recovery.id, "evidence_id": evidence_id}
    return recovery.stage.call("recovery.check_recovery_upload", headers=headers, path=path)


def test_a_picture_is_taken(stage: Stage) -> None:
    recovery = begin(stage, "unit_password", **unit_named(a_unit(stage)))
    assert checked(recovery, sent(recovery, identity_card("emblem"))).json["state"] == "checked"


def test_what_is_no_picture_is_refused(stage: Stage) -> None:
    recovery = begin(stage, "unit_password", **unit_named(a_unit(stage)))
    refused = checked(recovery, sent(recovery, b"<html>no picture</html>"))
    assert (refused.status, list(refused.broken)) == (422, ["file"])


def test_another_recoverys_file_is_unknown(stage: Stage) -> None:
    unit = a_unit(stage)
    mine, other = (begin(stage, "unit_password", **unit_named(unit)) for _ in range(2))
    assert checked(mine, sent(other, identity_card("emblem"))).code == "evidence_unknown"
