"""Send a returned change again (ADM-13)."""

from expertgate.admission.actions.changing import correct_unit_change as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitChangeForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/changes/corrections", summary="Send a returned change again")
def correct_unit_change(unit_id: str, body: UnitChangeForm) -> SentAnswer:
    """Send it again; only fields with remarks may differ."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
