"""Suspend an account."""

from expertgate.account.actions.suspending import suspend_account as act
from expertgate.account.requests.suspension import StandingAnswer, SuspendAccount
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/accounts/<account_id>/suspension", summary="Suspend an account")
def suspend_account(account_id: str, body: SuspendAccount) -> StandingAnswer:
    """Stop an account: sessions end at once, nobody logs in, a unit's grants rest (DEL-17)."""
    return act(account_id, body, app.caller, app.world)


handler = app.handler
