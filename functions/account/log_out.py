"""Log out."""

from expertgate.account.actions.sessions import log_out as act
from expertgate.account.requests.sessions import Ended
from expertgate.inbound.http import OFFICIAL, PERSON, UNIT, door

app = door(allow=PERSON | UNIT | OFFICIAL)


@app.delete("/v1/sessions/current", summary="Log out")
def log_out() -> Ended:
    """End the session of this request (ACC-23)."""
    return act(app.caller, app.world)


handler = app.handler
