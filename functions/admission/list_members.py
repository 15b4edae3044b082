"""List the users of the unit (ADM-14)."""

from expertgate.admission.actions.members import list_members as act
from expertgate.admission.requests.members import MembersAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/members", summary="List the users of the unit")
def list_members(unit_id: str) -> MembersAnswer:
    """Return them with their roles."""
    return act(unit_id, app.caller, app.world)


handler = app.handler
