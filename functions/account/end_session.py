"""End one session."""

from expertgate.account.actions.sessions import end_session as act
from expertgate.account.requests.sessions import Ended
from expertgate.inbound.http import OFFICIAL, PERSON, UNIT, door

app = door(allow=PERSON | UNIT | OFFICIAL)


@app.delete("/v1/sessions/<session_id>", summary="End one session")
def end_session(session_id: str) -> Ended:
    """End one of the caller's sessions (ACC-23)."""
    return act(session_id, app.caller, app.world)


handler = app.handler
