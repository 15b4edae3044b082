"""End all sessions."""

from expertgate.account.actions.sessions import end_all_sessions as act
from expertgate.account.requests.sessions import Ended
from expertgate.inbound.http import OFFICIAL, PERSON, UNIT, door

app = door(allow=PERSON | UNIT | OFFICIAL)


@app.delete("/v1/sessions", summary="End all sessions")
def end_all_sessions(keep_this_one: bool = False) -> Ended:  # noqa: FBT001, FBT002 -- a query parameter
    """End all sessions of the caller, this one too unless told otherwise (ACC-23)."""
    return act(app.caller, app.world, keep_this_one=keep_this_one)


handler = app.handler
