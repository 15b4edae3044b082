"""Have a sent attachment checked (D-13, ADM-05)."""

from expertgate.evidence.actions.uploading import check_upload as act
from expertgate.evidence.requests import EvidenceAnswer
from expertgate.inbound.http import ACCOUNT, OFFICIAL, door

app = door(allow=ACCOUNT | OFFICIAL)


@app.post("/v1/evidence/<evidence_id>/checks", summary="Have a sent attachment checked")
def check_upload(evidence_id: str) -> EvidenceAnswer:
    """Look at the content: format, size, colour; only a checked file can go with an application."""
    return act(evidence_id, app.caller, app.world)


handler = app.handler
