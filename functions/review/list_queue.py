"""List the queue of the caller's bureau (REV-02)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.fields import Day
from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import list_queue as act
from expertgate.review.model import CaseState, Wanted
from expertgate.review.requests.desk import Kind, QueueAnswer, QueueCursor
from expertgate.settings import LIMITS

app = door(allow=OFFICIAL)


@app.get("/v1/cases", summary="List the queue of my bureau")
def list_queue(
    state: Annotated[CaseState, Query()] = CaseState.IN_REVIEW,
    kind: Annotated[Kind | None, Query()] = None,
    level: Annotated[int | None, Query(ge=0, le=9)] = None,
    due_by: Annotated[Day | None, Query()] = None,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[QueueCursor | None, Query()] = None,
) -> QueueAnswer:
    """Return a page, oldest due first, with what lies there by kind; with a filter it may be short, `next_cursor` leads on (REV-02)."""
    return act(Wanted(state, kind, level, due_by, size, cursor), app.caller, app.world)


handler = app.handler
