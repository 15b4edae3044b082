"""Apply for a handover between officials (REV-05)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.handover import open_handover as act
from expertgate.review.requests.desk import CaseAnswer
from expertgate.review.requests.officials import OpenHandover

app = door(allow=OFFICIAL)


@app.post("/v1/officials/handovers", summary="Apply for a handover", status_code=201)
def open_handover(body: OpenHandover) -> CaseAnswer:
    """Open a case for the handover of authority and open work (REV-05)."""
    return act(body, app.caller, app.world)


handler = app.handler
