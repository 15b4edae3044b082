"""Uploads as browsers make them, and checked files for tests that are about something else."""

import os
from typing import Any

from expertgate.caller import Caller, CallerKind
from expertgate.evidence.actions.uploading import check_upload_for, request_upload_for
from expertgate.evidence.model import Format, Purpose
from expertgate.evidence.requests import RequestUpload
from expertgate.outbound.aws import client
from tests.builders.pictures import identity_card, stamped_pdf
from tests.stage import Answered, Stage


def asked(stage: Stage, token: str, purpose: str = "business_licence", media_type: str = "image/jpeg", **request: Any) -> dict[str, Any]:
    """Ask for an upload and return the answer."""
    body = {"purpose": purpose, "file_name": "营业执照.jpg", "media_type": media_type}
    answer = stage.call("evidence.request_upload", body, token=token, **request)
    assert answer.status == 201, answer.text
    return dict(answer.json)


def send(upload: dict[str, Any], content: bytes) -> None:
    """Put a file where the form of the upload would put it."""
    fields = upload["upload"]["fields"]
    client("s3").put_object(Bucket=os.environ["EVIDENCE_BUCKET"], Key=fields["key"], Body=content, ContentType=fields["Content-Type"])


def uploaded(stage: Stage, token: str, content: bytes, purpose: str = "business_licence", **request: Any) -> str:
    """Ask, send, and return the id."""
    upload = asked(stage, token, purpose, **request)
    send(upload, content)
    return str(upload["id"])


def check(stage: Stage, token: str, evidence_id: str, **request: Any) -> Answered:
    """Have it checked."""
    return stage.call("evidence.check_upload", token=token, path={"evidence_id": evidence_id}, **request)


def a_checked_file(stage: Stage, owner: str, purpose: str) -> str:
    """Return the id of a file of this owner (an account, or FLOW#id) that passed its check."""
    caller = Caller(CallerKind.PERSON, "builder", account_id=owner)
    is_pdf = purpose == Purpose.STAMPED_APPLICATION
    request = RequestUpload(purpose=Purpose(purpose), file_name="file", media_type=Format.PDF if is_pdf else Format.PNG)
    upload = request_upload_for(owner, request, caller, stage.world)
    send(upload.model_dump(), stamped_pdf() if is_pdf else identity_card("emblem"))
    check_upload_for(owner, upload.id, caller, stage.world)
    return upload.id
