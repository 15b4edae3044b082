"""Export my agents as CSV (DEL-16)."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.delegation.actions.exporting import export_agent_grants as act
from expertgate.delegation.requests.files import ExportCursor
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.get(
    "/v1/agent-grant-exports",
    summary="Export my agents as CSV",
    responses={
        200: {
            "description": "A table (RFC 4180, UTF-8)",
            "content": {"text/csv": {"schema": {"type": "string"}}},
            "headers": {"Link": {"description": "Where the next lines are (RFC 8288); none at the end", "schema": {"type": "string"}}},
        },
    },
)
def export_agent_grants(cursor: Annotated[ExportCursor | None, Query()] = None) -> Response[str]:
    """Return a hundred lines and a link to the next ones (DEL-16)."""
    page = act(cursor, app.caller, app.world)
    link = f'</v1/agent-grant-exports?cursor={page.next_cursor}>; rel="next"' if page.next_cursor else ""
    return Response(200, "text/csv; charset=utf-8", page.text, headers={"Link": link} if link else {})


handler = app.handler
