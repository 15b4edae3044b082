"""Refuse a grant that was offered (DEL-13)."""

from expertgate.delegation.actions.answering import refuse_grant as act
from expertgate.delegation.requests.grants import UnitGrant
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON)


@app.post("/v1/agent-grants/<grant_id>/refusals", summary="Refuse a grant that was offered")
def refuse_grant(grant_id: str) -> UnitGrant:
    """It ends before it began (DEL-13)."""
    return act(grant_id, app.caller, app.world)


handler = app.handler
