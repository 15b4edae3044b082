"""Ask where to send an attachment (D-13)."""

from expertgate.evidence.actions.uploading import request_upload as act
from expertgate.evidence.requests import RequestUpload, UploadAnswer
from expertgate.inbound.http import ACCOUNT, OFFICIAL, door

app = door(allow=ACCOUNT | OFFICIAL)


@app.post("/v1/evidence", summary="Ask where to send an attachment", status_code=201)
def request_upload(body: RequestUpload) -> UploadAnswer:
    """Return a signed form for one file: post its fields, then the file, to its address within ten minutes."""
    return act(body, app.caller, app.world)


handler = app.handler
