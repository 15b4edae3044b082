"""Ask for another mobile of a unit (REC-09)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.applications import submit_mobile_reset as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.evidence import SubmitMobileReset
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/mobile-resets", summary="Ask for another mobile of the unit", status_code=202)
def submit_mobile_reset(recovery_id: str, ticket: Ticket, body: SubmitMobileReset) -> RecoveryAnswer:
    """Hand in licence, legal representative's ID and proof of the mobile; again after a return."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
