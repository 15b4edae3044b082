"""List the projects one may see (ADM-14)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.admission.actions.projects import list_projects as act
from expertgate.admission.requests.projects import ProjectsAnswer, ProjectsCursor
from expertgate.inbound.http import ACCOUNT, door
from expertgate.settings import LIMITS

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/projects", summary="List the projects one may see")
def list_projects(
    unit_id: str,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[ProjectsCursor | None, Query()] = None,
) -> ProjectsAnswer:
    """Return a page of them."""
    return act(unit_id, size, cursor, app.caller, app.world)


handler = app.handler
