"""Register a unit."""

from expertgate.account.actions.registration import register_unit as act
from expertgate.account.requests.registration import Registered, RegisterUnit
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER, replays=True)


@app.post("/v1/units", summary="Register a unit", status_code=201)
def register_unit(body: RegisterUnit) -> Registered:
    """Register a legal person's account (ACC-05)."""
    return act(body, app.caller, app.world)


handler = app.handler
