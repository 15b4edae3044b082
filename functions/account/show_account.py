"""Show own account."""

from expertgate.account.actions.showing import own_keys
from expertgate.account.actions.showing import show_account as act
from expertgate.account.requests.information import AccountAnswer
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.get("/v1/account", summary="Show own account")
def show_account() -> AccountAnswer:
    """Show the account page (ACC-18, ACC-21)."""
    return act(app.caller, app.world)


handler = app.handler
