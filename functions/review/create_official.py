"""Name an official (REV-06)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.officials import create_official as act
from expertgate.review.requests.officials import CreateOfficial, Invited

app = door(allow=OFFICIAL)


@app.post("/v1/officials", summary="Name an official", status_code=201)
def create_official(body: CreateOfficial) -> Invited:
    """Make the account of an official who then sets up his log-in (REV-06)."""
    return act(body, app.caller, app.world)


handler = app.handler
