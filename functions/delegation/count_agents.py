"""Count my agents by state (DEL-04)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.listing import count_agents as act
from expertgate.delegation.requests.grants import GrantCounts
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.get("/v1/agent-grant-counts", summary="Count my agents by state")
def count_agents(service: Annotated[str | None, Query(max_length=40)] = None) -> GrantCounts:
    """Return how many grants the unit has in each state now (DEL-04)."""
    return act(service, app.caller, app.world)


handler = app.handler
