"""List the users of the unit (ADM-14)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.admission.actions.members import list_members as act
from expertgate.admission.requests.members import MembersAnswer, MembersCursor
from expertgate.inbound.http import ACCOUNT, door
from expertgate.settings import LIMITS

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/members", summary="List the users of the unit")
def list_members(
    unit_id: str,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[MembersCursor | None, Query()] = None,
) -> MembersAnswer:
    """Return a page of them with their roles."""
    return act(unit_id, size, cursor, app.caller, app.world)


handler = app.handler
