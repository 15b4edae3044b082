"""List downstream systems (DEL-12)."""

from expertgate.delegation.actions.clients import list_service_clients as act
from expertgate.delegation.requests.services import ServiceClients
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.get("/v1/service-clients", summary="List downstream systems")
def list_service_clients() -> ServiceClients:
    """Return them without their secrets (DEL-12)."""
    return act(app.caller)


handler = app.handler
