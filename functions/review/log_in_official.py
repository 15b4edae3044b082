"""Log in as an official (REV-06)."""

from expertgate.inbound.http import STRANGER, door
from expertgate.review.actions.official_session import log_in_official as act
from expertgate.review.requests.officials import LogInOfficial, OfficialSession

app = door(allow=STRANGER)


@app.post("/v1/officials/sessions", summary="Log in as an official", status_code=201)
def log_in_official(body: LogInOfficial) -> OfficialSession:
    """Begin a session by password and second factor (REV-06)."""
    return act(body, app.caller, app.world)


handler = app.handler
