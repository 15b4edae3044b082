"""List my cases (ACC-22)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.review.actions.mine import list_my_cases as act
from expertgate.review.requests.desk import MyCasesAnswer, MyCasesCursor
from expertgate.settings import LIMITS

app = door(allow=ACCOUNT | OFFICIAL)


@app.get("/v1/my/cases", summary="List my cases")
def list_my_cases(
    size: Annotated[int, Query(ge=1, le=LIMITS.page_size_most)] = LIMITS.page_size,
    cursor: Annotated[MyCasesCursor | None, Query()] = None,
) -> MyCasesAnswer:
    """Return a page of what I applied for, or what was applied for in my unit's name, newest first (ACC-22)."""
    return act(app.caller, app.world, size, cursor)


handler = app.handler
