"""Resolve a suspected duplicate (ADM-10)."""

from expertgate.admission.actions.resolutions import resolve_hold as act
from expertgate.admission.requests.holds import ResolveHold
from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.requests.desk import CaseAnswer

app = door(allow=OFFICIAL)


@app.post("/v1/cases/<case_id>/resolutions", summary="Resolve a suspected duplicate", status_code=201)
def resolve_hold(case_id: str, body: ResolveHold) -> CaseAnswer:
    """Join, release or refuse what one holds and looked at."""
    return act(case_id, body, app.caller, app.world)


handler = app.handler
