"""Appeal as a person (REC-10)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.applications import submit_person_appeal as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.evidence import SubmitPersonAppeal
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/person-appeals", summary="Appeal as a person", status_code=202)
def submit_person_appeal(recovery_id: str, ticket: Ticket, body: SubmitPersonAppeal) -> RecoveryAnswer:
    """Hand in an appeal for the account with this document; again after a return."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
