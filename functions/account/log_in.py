"""Log in."""

from expertgate.account.actions.logging_in import log_in as act
from expertgate.account.requests.sessions import LoggedIn, LogIn
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER, replays=True)


@app.post("/v1/sessions", summary="Log in", status_code=201)
def log_in(body: LogIn) -> LoggedIn:
    """Begin a session (ACC-12)."""
    return act(body, app.caller, app.world)


handler = app.handler
