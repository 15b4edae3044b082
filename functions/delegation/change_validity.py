"""Change the validity of a grant (DEL-07)."""

from expertgate.delegation.actions.changing import change_validity as act
from expertgate.delegation.requests.grants import AgentGrant, GrantDays
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.put("/v1/agent-grants/<grant_id>/validity", summary="Change the validity of a grant")
def change_validity(grant_id: str, body: GrantDays) -> AgentGrant:
    """Lengthen or shorten its days (DEL-07)."""
    return act(grant_id, body, app.caller, app.world)


handler = app.handler
