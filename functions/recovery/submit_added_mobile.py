"""Ask for a reserved mobile (REC-11)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.applications import submit_added_mobile as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.evidence import SubmitAddedMobile
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/added-mobiles", summary="Ask for a reserved mobile", status_code=202)
def submit_added_mobile(recovery_id: str, ticket: Ticket, body: SubmitAddedMobile) -> RecoveryAnswer:
    """Hand in the stamped application (PDF) for an account that has no mobile."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
