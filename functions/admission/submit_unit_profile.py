"""Send the unit's information to the reviewers (ADM-04)."""

from expertgate.admission.actions.unit_profiles import submit_unit_profile as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.unit_profile import UnitProfileForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/profile", summary="Send the unit's information to the reviewers", status_code=201)
def submit_unit_profile(unit_id: str, body: UnitProfileForm) -> SentAnswer:
    """Send the form; the answer is the pending page, or the suspended one."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
