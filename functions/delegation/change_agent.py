"""Change the agent (DEL-11)."""

from expertgate.delegation.actions.binding import change_agent as act
from expertgate.delegation.requests.grants import ChangedAgent, ChangeOfAgent
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/successions", summary="Change the agent", status_code=201)
def change_agent(grant_id: str, body: ChangeOfAgent) -> ChangedAgent:
    """End one grant and bind another person in one step (DEL-11)."""
    return act(grant_id, body, app.caller, app.world)


handler = app.handler
