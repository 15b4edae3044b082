"""Run the real-name check (ID-01, ID-07)."""

from expertgate.identity.actions.names import check_real_name as act
from expertgate.identity.requests import IdentityAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/real-name-checks", summary="Run the real-name check")
def check_real_name() -> IdentityAnswer:
    """Compare name, number and, for a unit, its representative and main agent with the authority's register."""
    return act(app.caller, app.world)


handler = app.handler
