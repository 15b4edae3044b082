"""Confirm resting grants (DEL-17)."""

from expertgate.delegation.actions.changing import confirm_grants as act
from expertgate.delegation.requests.grants import ConfirmedGrants, ConfirmGrants
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/grant-confirmations", summary="Confirm resting grants")
def confirm_grants(body: ConfirmGrants) -> ConfirmedGrants:
    """Stand by them after the unit changed (DEL-17)."""
    return act(body, app.caller, app.world)


handler = app.handler
