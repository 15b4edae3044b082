"""Give a grant back (DEL-09)."""

from expertgate.delegation.actions.answering import give_back_grant as act
from expertgate.delegation.requests.grants import UnitGrant
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON)


@app.post("/v1/agent-grants/<grant_id>/returns", summary="Give a grant back")
def give_back_grant(grant_id: str) -> UnitGrant:
    """End it from the agent's side (DEL-09)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
