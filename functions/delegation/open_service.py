"""Enter a service item for the first time (DEL-03)."""

from expertgate.delegation.actions.opening import open_service as act
from expertgate.delegation.requests.grants import OpenedService
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/services/<service>/openings", summary="Enter a service item for the first time", status_code=201)
def open_service(service: str) -> OpenedService:
    """Enter it once; then the unit can grant it (DEL-03)."""
    return act(service, app.caller, app.world)


handler = app.handler
