"""See how far it is known who the caller is (ID-01, ID-04)."""

from expertgate.identity.actions.showing import show_identity as act
from expertgate.identity.requests import IdentityAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/identity", summary="See my real-name and real-person state")
def show_identity() -> IdentityAnswer:
    """Return both states and what to do next."""
    return act(app.caller, app.world)


handler = app.handler
