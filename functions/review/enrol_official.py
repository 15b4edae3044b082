"""Set up an official's log-in (REV-06)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.review.actions.officials import enrol_official as act
from expertgate.review.requests.officials import Enrolled, EnrolOfficial

app = door(allow=STRANGER)


@app.post("/v1/officials/enrolments", summary="Set up an official's log-in", status_code=201)
def enrol_official(body: EnrolOfficial) -> Enrolled:
    """Set password and second factor by the administrator's code (REV-06)."""
    return act(body, app.caller, app.world)


handler = app.handler
