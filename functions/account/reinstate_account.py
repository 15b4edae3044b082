"""Reinstate an account."""

from expertgate.account.actions.suspending import reinstate_account as act
from expertgate.account.requests.suspension import ReinstateAccount, StandingAnswer
from expertgate.inbound.http import OFFICIAL, door

app = door(allow=OFFICIAL)


@app.post("/v1/accounts/<account_id>/reinstatement", summary="Reinstate an account")
def reinstate_account(account_id: str, body: ReinstateAccount) -> StandingAnswer:
    """Let a suspended account go on; a unit confirms its grants (DEL-17)."""
    return act(account_id, body, app.caller, app.world)


handler = app.handler
