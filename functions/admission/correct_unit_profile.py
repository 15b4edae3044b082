"""Send the unit's information again after a return (ADM-09)."""

from expertgate.admission.actions.unit_profiles import correct_unit_profile as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitProfileForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/profile/corrections", summary="Send the unit's information again after a return")
def correct_unit_profile(unit_id: str, body: UnitProfileForm) -> SentAnswer:
    """Send the whole form; only fields with remarks may differ."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
