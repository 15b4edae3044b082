"""Begin a recovery (REC-01 to REC-11)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.flows import start_recovery as act
from expertgate.recovery.requests.answers import RecoveryStarted
from expertgate.recovery.requests.starting import StartRecovery

app = door(allow=STRANGER)


@app.post("/v1/recoveries", summary="Begin a recovery", status_code=201)
def start_recovery(body: StartRecovery) -> RecoveryStarted:
    """Verify what the kind asks for and answer the numbered steps, what comes next, and the ticket that opens it."""
    return act(body, app.caller, app.world)


handler = app.handler
