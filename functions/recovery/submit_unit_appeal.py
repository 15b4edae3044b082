"""Appeal as a unit (REC-10)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.recovery.actions.applications import submit_unit_appeal as act
from expertgate.recovery.requests.answers import RecoveryAnswer
from expertgate.recovery.requests.evidence import SubmitUnitAppeal
from expertgate.recovery.requests.tickets import Ticket

app = door(allow=STRANGER)


@app.post("/v1/recoveries/<recovery_id>/unit-appeals", summary="Appeal as a unit", status_code=202)
def submit_unit_appeal(recovery_id: str, ticket: Ticket, body: SubmitUnitAppeal) -> RecoveryAnswer:
    """Hand in an appeal for the unit with this credit code; a renamed one adds its change statement."""
    return act(recovery_id, ticket, body, app.caller, app.world)


handler = app.handler
