"""Ask where to send an attachment of a recovery (REC-09 to REC-11, D-13)."""

from expertgate.evidence.requests import RequestUpload, UploadAnswer
from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.evidence import request_recovery_upload as act
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/evidence", summary="Ask where to send an attachment of a recovery", status_code=201)
def request_recovery_upload(recovery_id: str, ticket: Ticket, body: RequestUpload) -> UploadAnswer:
    """Return a signed form for one file: post its fields, then the file, to its address."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
