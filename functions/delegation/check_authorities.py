"""Ask up to a hundred authority questions (DEL-12)."""

from expertgate.delegation.actions.checking import check_authorities as act
from expertgate.delegation.requests.services import AskAuthorities, Authorities
from expertgate.inbound.http import SERVICE, door

app = door(allow=SERVICE)


@app.post("/v1/authority-check-batches", summary="Ask up to a hundred authority questions")
def check_authorities(body: AskAuthorities) -> Authorities:
    """Answer in the order asked (DEL-12)."""
    return act(body, app.caller, app.world)


handler = app.handler
