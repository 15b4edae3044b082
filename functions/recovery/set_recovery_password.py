"""Set the new password in a recovery (REC-02 to REC-06)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.passwords import set_recovery_password as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import SetRecoveryPassword
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/passwords", summary="Set the new password")
def set_recovery_password(recovery_id: str, ticket: Ticket, body: SetRecoveryPassword) -> RecoveryAnswer:
    """Set it, end all sessions and finish the recovery."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
