"""Revoke a grant (DEL-05)."""

from expertgate.delegation.actions.changing import revoke_grant as act
from expertgate.delegation.requests.grants import AgentGrant
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/revocations", summary="Revoke a grant")
def revoke_grant(grant_id: str) -> AgentGrant:
    """End it for the very next request (DEL-05)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
