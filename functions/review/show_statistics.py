"""Show the statistics of the review desk (REV-07)."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.statistics import show_statistics as act
from expertgate.review.requests.officials import AnyBureau
from expertgate.review.requests.statistics import StatisticsAnswer

app = door(allow=OFFICIAL)


@app.get("/v1/statistics", summary="Show the statistics of a month")
def show_statistics(
    month: Annotated[str | None, Query(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] = None,
    bureau: Annotated[AnyBureau | None, Query()] = None,
) -> StatisticsAnswer:
    """Return what was submitted, decided and is open, with the mean time, by level and kind (REV-07)."""
    return act(month, bureau, app.caller, app.world)


handler = app.handler
