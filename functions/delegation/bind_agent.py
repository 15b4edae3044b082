"""Bind an agent (DEL-02, DEL-03)."""

from expertgate.delegation.actions.binding import bind_agent as act
from expertgate.delegation.requests.grants import AgentGrant, BindAgent
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants", summary="Bind an agent", status_code=201)
def bind_agent(body: BindAgent) -> AgentGrant:
    """Grant a person a service in some roles for some days (DEL-02, DEL-03)."""
    return act(body, app.caller, app.world)


handler = app.handler
