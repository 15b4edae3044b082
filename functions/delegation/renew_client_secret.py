"""Renew the secret of a downstream system (DEL-12)."""

from expertgate.delegation.actions.clients import renew_client_secret as act
from expertgate.delegation.requests.services import ClientSecret
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/service-clients/<client_id>/secrets", summary="Renew the secret of a downstream system", status_code=201)
def renew_client_secret(client_id: str) -> ClientSecret:
    """Add a secret; the old one stays good for a week, of a system that is switched off no longer (DEL-12)."""
    return act(client_id, app.caller, app.world)


handler = app.handler
