"""List the messages of the caller's message centre (ACC-22)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.notice.actions.reading import list_messages as act
from expertgate.notice.requests import MessagesAnswer, MessagesCursor
from expertgate.settings import LIMITS

app = door(allow=ACCOUNT | OFFICIAL)


@app.get("/v1/messages", summary="List my messages")
def list_messages(
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[MessagesCursor | None, Query()] = None,
) -> MessagesAnswer:
    """Return a page, newest first, with the number of unread ones."""
    return act(app.caller, app.world, size, cursor)


handler = app.handler
