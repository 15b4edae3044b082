"""Ask for a change of unit information (ADM-13)."""

from expertgate.admission.actions.changing import request_unit_change as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitChangeForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/changes", summary="Ask for a change of unit information", status_code=201)
def request_unit_change(unit_id: str, body: UnitChangeForm) -> SentAnswer:
    """Send the changed information to the bureau."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
