"""Grant or refuse an extension asked for (DEL-14)."""

from expertgate.delegation.actions.changing import answer_extension as act
from expertgate.delegation.requests.grants import AgentGrant, ExtensionAnswer
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grants/<grant_id>/extension-answers", summary="Grant or refuse an extension asked for")
def answer_extension(grant_id: str, body: ExtensionAnswer) -> AgentGrant:
    """Lengthen the grant or leave it (DEL-14)."""
    return act(grant_id, body, app.caller, app.world)


handler = app.handler
