"""List the units that authorised me (DEL-09)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.listing import Wanted
from expertgate.delegation.actions.listing import list_my_units as act
from expertgate.delegation.model import State
from expertgate.delegation.requests.fields import KnownService
from expertgate.delegation.requests.grants import UnitGrants, UnitsCursor
from expertgate.inbound.http import PERSON, door
from expertgate.settings import LIMITS

app = door(allow=PERSON)


@app.get("/v1/my-units", summary="List the units that authorised me")
def list_my_units(
    state: Annotated[State | None, Query()] = None,
    service: Annotated[KnownService | None, Query()] = None,
    text: Annotated[str | None, Query(max_length=100)] = None,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[UnitsCursor | None, Query()] = None,
) -> UnitGrants:
    """Return a page, by state, service and name of the unit (DEL-09)."""
    return act(Wanted(state, service, text, size, cursor), app.caller, app.world)


handler = app.handler
