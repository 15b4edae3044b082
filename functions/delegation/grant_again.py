"""Give an ended grant again (DEL-06)."""

from expertgate.delegation.actions.binding import grant_again as act
from expertgate.delegation.requests.grants import AgentGrant, Renewal
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/renewals", summary="Give an ended grant again", status_code=201)
def grant_again(grant_id: str, body: Renewal) -> AgentGrant:
    """Make a new grant that is linked to the ended one (DEL-06)."""
    return act(grant_id, body, app.caller, app.world)


handler = app.handler
