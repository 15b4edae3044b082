"""Show the unit's information as it stands (ADM-04)."""

from expertgate.admission.actions.showing import show_unit_profile as act
from expertgate.admission.requests.answers import ProfileAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/profile", summary="Show the unit's information as it stands")
def show_unit_profile(unit_id: str) -> ProfileAnswer:
    """Return the form, the remarks of the reviewers, the open fields and the draft."""
    return act(unit_id, app.caller, app.world)


handler = app.handler
