"""Tell that the platform works."""

from expertgate.inbound.http import OFFICIAL, PERSON, SERVICE, STRANGER, UNIT, door
from expertgate.platform.actions.health import show_health as act
from expertgate.platform.requests import Health

app = door(allow=STRANGER | PERSON | UNIT | OFFICIAL | SERVICE)


@app.get("/v1/health", summary="Tell that the platform works")
def show_health() -> Health:
    """Return stage and time."""
    return act(app.world)


handler = app.handler
