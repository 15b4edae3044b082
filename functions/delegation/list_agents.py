"""List my agents (DEL-04)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.listing import Wanted
from expertgate.delegation.actions.listing import list_agents as act
from expertgate.delegation.model import State
from expertgate.delegation.requests.fields import KnownService
from expertgate.delegation.requests.grants import AgentGrants, AgentsCursor
from expertgate.inbound.http import UNIT, door
from expertgate.settings import LIMITS

app = door(allow=UNIT)


@app.get("/v1/agent-grants", summary="List my agents")
def list_agents(
    state: Annotated[State | None, Query()] = None,
    service: Annotated[KnownService | None, Query()] = None,
    text: Annotated[str | None, Query(max_length=100)] = None,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[AgentsCursor | None, Query()] = None,
) -> AgentGrants:
    """Return a page, newest first, by state, service and name (DEL-04)."""
    return act(Wanted(state, service, text, size, cursor), app.caller, app.world)


handler = app.handler
