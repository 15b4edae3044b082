"""Disable a grant without ending it (DEL-14)."""

from expertgate.delegation.actions.changing import disable_grant as act
from expertgate.delegation.requests.grants import AgentGrant
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/disablements", summary="Disable a grant without ending it")
def disable_grant(grant_id: str) -> AgentGrant:
    """It counts for nothing until enabled (DEL-14)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
