"""Show my information as it stands (ADM-07)."""

from expertgate.admission.actions.showing import show_member_profile as act
from expertgate.admission.requests.answers import ProfileAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/member", summary="Show my information as it stands")
def show_member_profile(unit_id: str) -> ProfileAnswer:
    """Return the form, the remarks of the reviewers, the open fields and the draft."""
    return act(unit_id, app.caller, app.world)


handler = app.handler
