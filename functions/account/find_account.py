"""Find an account."""

from expertgate.account.actions.suspending import find_account as act
from expertgate.account.requests.suspension import FindAccount, StandingAnswer
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/account-look-ups", summary="Find an account")
def find_account(body: FindAccount) -> StandingAnswer:
    """Find the account of a log-in name or credit code for an operator; each look is on record."""
    return act(body, app.caller, app.world)


handler = app.handler
