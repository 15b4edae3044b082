"""List the bureaus of a type (ADM-06)."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from expertgate.catalogue.actions.serving import list_bureaus as act
from expertgate.catalogue.model import Level
from expertgate.catalogue.requests import CatalogueAnswer
from expertgate.inbound.caching import cached
from expertgate.inbound.http import ACCOUNT, OFFICIAL, SERVICE, STRANGER, door

app = door(allow=STRANGER | ACCOUNT | OFFICIAL | SERVICE)


@app.get("/v1/bureaus", summary="List the bureaus of a type")
def list_bureaus(bureau_type: Level, province: Annotated[str | None, Query(max_length=12)] = None) -> Response[CatalogueAnswer | None]:
    """Return provincial, municipal (province first) or ministry bureaus."""
    found = act(bureau_type, province)
    return cached(found, found.etag, app.current_event.headers)


handler = app.handler
