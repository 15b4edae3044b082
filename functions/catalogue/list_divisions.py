"""List administrative divisions (ADM-04)."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.catalogue.actions.serving import list_divisions as act
from expertgate.catalogue.requests import CatalogueAnswer
from expertgate.inbound.caching import cached
from expertgate.inbound.http import ACCOUNT, OFFICIAL, SERVICE, STRANGER, door

app = door(allow=STRANGER | ACCOUNT | OFFICIAL | SERVICE)


@app.get("/v1/divisions", summary="List administrative divisions")
def list_divisions(parent: Annotated[str | None, Query(max_length=12)] = None) -> Response[CatalogueAnswer | None]:
    """Return the provinces, or what lies directly below a province or a city."""
    found = act(parent)
    return cached(found, found.etag, app.current_event.headers)


handler = app.handler
