"""Register a downstream system (DEL-12)."""

from expertgate.delegation.actions.clients import register_service_client as act
from expertgate.delegation.requests.services import ClientSecret, NewServiceClient
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/service-clients", summary="Register a downstream system", status_code=201)
def register_service_client(body: NewServiceClient) -> ClientSecret:
    """Give it credentials; the secret is shown once (DEL-12)."""
    return act(body, app.caller, app.world)


handler = app.handler
