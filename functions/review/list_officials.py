"""List the officials of a bureau (REV-06)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.supervising import list_officials as act
from expertgate.review.requests.officials import AnyBureau, OfficialsAnswer, OfficialsCursor
from expertgate.settings import LIMITS

app = door(allow=OFFICIAL)


@app.get("/v1/officials", summary="List the officials of a bureau")
def list_officials(
    bureau: Annotated[AnyBureau | None, Query()] = None,
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[OfficialsCursor | None, Query()] = None,
) -> OfficialsAnswer:
    """Return a page of names, duties and states; the administrator may name any bureau (REV-06)."""
    return act(bureau, app.caller, app.world, size, cursor)


handler = app.handler
