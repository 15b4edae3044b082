"""Set the password with a ticket."""

from expertgate.account.actions.passwords import set_password as act
from expertgate.account.requests.passwords import PasswordChanged, SetPassword
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER)


@app.post("/v1/passwords", summary="Set the password with a ticket", status_code=201)
def set_password(body: SetPassword) -> PasswordChanged:
    """Set a legacy or expired password anew (ACC-13, ACC-16)."""
    return act(body, app.caller, app.world)


handler = app.handler
