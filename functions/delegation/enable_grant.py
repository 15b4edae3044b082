"""Enable a disabled grant (DEL-14)."""

from expertgate.delegation.actions.changing import enable_grant as act
from expertgate.delegation.requests.grants import AgentGrant
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/enablements", summary="Enable a disabled grant")
def enable_grant(grant_id: str) -> AgentGrant:
    """It counts again (DEL-14)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
