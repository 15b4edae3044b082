"""Have a sent attachment of a recovery checked (REC-09 to REC-11, D-13)."""

from expertgate.evidence.requests import EvidenceAnswer
from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.evidence import check_recovery_upload as act
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/evidence/<evidence_id>/checks", summary="Have an attachment of a recovery checked")
def check_recovery_upload(recovery_id: str, evidence_id: str, ticket: Ticket) -> EvidenceAnswer:
    """Look at the content; only a checked file can go with an application."""
    return act(recovery_id, evidence_id, ticket, app.caller, app.world)


handler = app.handler
