"""Count my agents, or the units that authorised me, by state (DEL-04, DEL-09)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.listing import count_agents as act
from expertgate.delegation.requests.fields import KnownService
from expertgate.delegation.requests.grants import GrantCounts
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/agent-grant-counts", summary="Count my agents, or my units, by state")
def count_agents(service: Annotated[KnownService | None, Query()] = None) -> GrantCounts:
    """Return how many grants a unit gave, or a person has, in each state now (DEL-04, DEL-09)."""
    return act(service, app.caller, app.world)


handler = app.handler
