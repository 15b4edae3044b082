"""Let an official set up his log-in anew (REV-06)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.supervising import invite_official as act
from expertgate.review.requests.officials import Invited

app = door(allow=OFFICIAL)


@app.post("/v1/officials/<official_id>/invitations", summary="Invite an official again", status_code=201)
def invite_official(official_id: str) -> Invited:
    """Give a new enrolment code; the former password and second factor end (REV-06)."""
    return act(official_id, app.caller, app.world)


handler = app.handler
