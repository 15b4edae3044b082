"""Tell who could act for a unit at a past moment (DEL-15)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.remembering import show_past_authority as act
from expertgate.delegation.requests.history import AskPast, PastAuthority
from expertgate.inbound.fields import Moment
from expertgate.inbound.http import OFFICIAL, UNIT, door

app = door(allow=UNIT | OFFICIAL)


@app.get("/v1/past-authority", summary="Tell who could act for a unit at a past moment")
def show_past_authority(
    service: Annotated[str, Query(max_length=40)],
    at: Annotated[Moment, Query()],
    unit_id: Annotated[str | None, Query(max_length=40)] = None,
) -> PastAuthority:
    """Return who could act for it in a service, from the audit trail (DEL-15)."""
    return act(AskPast(service, at, unit_id), app.caller, app.world)


handler = app.handler
