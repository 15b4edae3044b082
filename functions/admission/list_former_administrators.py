"""List present and former administrators of a unit (ADM-15)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.admission.actions.former import list_former_administrators as act
from expertgate.admission.requests.members import AdministratorsAnswer
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.get("/v1/former-administrators", summary="List present and former administrators of a unit")
def list_former_administrators(uscc: Annotated[str, Query(max_length=40)]) -> AdministratorsAnswer:
    """Return them, masked; for support."""
    return act(uscc, app.caller, app.world)


handler = app.handler
