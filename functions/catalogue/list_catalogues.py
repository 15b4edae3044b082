"""List the catalogues (ADM-06)."""

from aws_lambda_powertools.event_handler import Response

from expertgate.catalogue.actions.serving import list_catalogues as act
from expertgate.catalogue.requests import CataloguesAnswer
from expertgate.inbound.caching import cached
from expertgate.inbound.http import ACCOUNT, OFFICIAL, SERVICE, STRANGER, door

app = door(allow=STRANGER | ACCOUNT | OFFICIAL | SERVICE)


@app.get("/v1/catalogues", summary="List the catalogues")
def list_catalogues() -> Response[CataloguesAnswer | None]:
    """Return which catalogues there are, their source, edition and version."""
    found = act()
    return cached(found, found.etag, app.current_event.headers)


handler = app.handler
