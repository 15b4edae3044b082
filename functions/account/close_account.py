"""Close own account."""

from expertgate.account.actions.closing import close_account as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.information import Closed, WithPassword
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.post("/v1/account/closures", summary="Close own account", status_code=201)
def close_account(body: WithPassword) -> Closed:
    """Close an account that is not bound to a document (ACC-24)."""
    return act(body, app.caller, app.world)


handler = app.handler
