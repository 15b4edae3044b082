"""Show a grant (DEL-04, DEL-09)."""

from expertgate.delegation.actions.listing import show_agent_grant as act
from expertgate.delegation.requests.grants import AgentGrant, UnitGrant
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=UNIT | PERSON)


@app.get("/v1/agent-grants/<grant_id>", summary="Show a grant")
def show_agent_grant(grant_id: str) -> AgentGrant | UnitGrant:
    """Return it as the caller's side sees it (DEL-04, DEL-09)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
