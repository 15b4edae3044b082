"""Show a catalogue (ADM-06)."""

from aws_lambda_powertools.event_handler import Response

from expertgate.catalogue.actions.serving import show_catalogue as act
from expertgate.catalogue.requests import CatalogueAnswer
from expertgate.inbound.caching import cached
from expertgate.inbound.http import ACCOUNT, OFFICIAL, SERVICE, STRANGER, door

app = door(allow=STRANGER | ACCOUNT | OFFICIAL | SERVICE)


@app.get("/v1/catalogues/<name>", summary="Show a catalogue")
def show_catalogue(name: str) -> Response[CatalogueAnswer | None]:
    """Return industries, natures, types, disciplines, services, document types and the like, with their source."""
    found = act(name)
    return cached(found, found.etag, app.current_event.headers)


handler = app.handler
