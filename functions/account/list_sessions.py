"""List own sessions."""

from expertgate.account.actions.sessions import list_sessions as act
from expertgate.account.requests.sessions import SessionsAnswer
from expertgate.inbound.http import OFFICIAL, PERSON, UNIT, door

app = door(allow=PERSON | UNIT | OFFICIAL)


@app.get("/v1/sessions", summary="List own sessions")
def list_sessions() -> SessionsAnswer:
    """Show the caller's sessions (ACC-23)."""
    return act(app.caller, app.world)


handler = app.handler
