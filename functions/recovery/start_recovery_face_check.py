"""Show the face in a recovery (REC-03)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.faces import start_recovery_face_check as act
from expertgate.recovery.requests.faces import RecoveryFace, ShowFace
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/face-checks", summary="Show the face in a recovery")
def start_recovery_face_check(recovery_id: str, ticket: Ticket, body: ShowFace) -> RecoveryFace:
    """Start a face check; ask the recovery for its state."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
