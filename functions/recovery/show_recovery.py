"""See where a recovery stands (REC-01)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.showing import show_recovery as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.get("/v1/recoveries/<recovery_id>", summary="See where a recovery stands")
def show_recovery(recovery_id: str, ticket: Ticket) -> RecoveryAnswer:
    """Return the step reached and what comes next, to whoever holds the ticket."""
    return act(recovery_id, ticket, app.caller, app.world)


handler = app.handler
