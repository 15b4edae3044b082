"""Use an entry ticket up (DEL-12)."""

from expertgate.delegation.actions.tickets import redeem_ticket as act
from expertgate.delegation.requests.services import RedeemedTicket, RedeemTicket
from expertgate.inbound.http import SERVICE, door

app = door(allow=SERVICE)


@app.post("/v1/ticket-redemptions", summary="Use an entry ticket up")
def redeem_ticket(body: RedeemTicket) -> RedeemedTicket:
    """Once; and say whether the grant still stands (DEL-12)."""
    return act(body, app.caller, app.world)


handler = app.handler
