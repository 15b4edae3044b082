"""Ask the unit to extend a grant (DEL-14)."""

from expertgate.delegation.actions.answering import ask_extension as act
from expertgate.delegation.requests.grants import AskExtension, UnitGrant
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON)


@app.post("/v1/agent-grants/<grant_id>/extension-requests", summary="Ask the unit to extend a grant", status_code=201)
def ask_extension(grant_id: str, body: AskExtension) -> UnitGrant:
    """Ask for a later last day (DEL-14)."""
    return act(grant_id, body, app.caller, app.world)


handler = app.handler
