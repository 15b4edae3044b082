"""Prove the e-mail address in a recovery (REC-05)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.emails import verify_recovery_email as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.steps import VerifyEmail
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/email-checks", summary="Prove the e-mail address in a recovery")
def verify_recovery_email(recovery_id: str, ticket: Ticket, body: VerifyEmail) -> RecoveryAnswer:
    """Take the code that was sent by e-mail for the purpose the last answer named."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
