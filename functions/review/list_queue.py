"""List the queue of the caller's bureau (REV-02)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import list_queue as act
from expertgate.review.model import CaseState
from expertgate.review.requests.desk import QueueAnswer
from expertgate.settings import LIMITS

app = door(allow=OFFICIAL)


@app.get("/v1/cases", summary="List the queue of my bureau")
def list_queue(
    state: Annotated[CaseState, Query()] = CaseState.IN_REVIEW,
    kind: Annotated[str | None, Query(max_length=40)] = None,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> QueueAnswer:
    """Return a page, oldest due first, with what lies there by kind (REV-02)."""
    return act(app.caller, app.world, state, kind, size, cursor)


handler = app.handler
