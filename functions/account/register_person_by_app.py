"""Register a person in the app or mini-program."""

from expertgate.account.actions.registration import register_person_by_app as act
from expertgate.account.requests.registration import Registered, RegisterPersonByApp
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER, replays=True)


@app.post("/v1/persons/by-app", summary="Register a person in the app or mini-program", status_code=201)
def register_person_by_app(body: RegisterPersonByApp) -> Registered:
    """Register a natural person by mobile (ACC-03)."""
    return act(body, app.caller, app.world)


handler = app.handler
