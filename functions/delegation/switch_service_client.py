"""Let a downstream system in or keep it out (DEL-12)."""

from expertgate.delegation.actions.clients import switch_service_client as act
from expertgate.delegation.requests.services import ClientSwitch, ServiceClient
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.put("/v1/service-clients/<client_id>/state", summary="Let a downstream system in or keep it out")
def switch_service_client(client_id: str, body: ClientSwitch) -> ServiceClient:
    """Its tokens end at once (DEL-12)."""
    return act(client_id, body, app.caller, app.world)


handler = app.handler
