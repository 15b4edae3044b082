"""Prove the mobile in a recovery (REC-02, REC-04 to REC-06, REC-08)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.mobiles import verify_recovery_mobile as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import VerifyMobile
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/mobile-checks", summary="Prove the mobile in a recovery")
def verify_recovery_mobile(recovery_id: str, ticket: Ticket, body: VerifyMobile) -> RecoveryAnswer:
    """Take the SMS code that was sent for the purpose the last answer named."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
