"""Register a person."""

from expertgate.account.actions.registration import register_person as act
from expertgate.account.requests.registration import Registered, RegisterPerson
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER, replays=True)


@app.post("/v1/persons", summary="Register a person", status_code=201)
def register_person(body: RegisterPerson) -> Registered:
    """Register a natural person on the web (ACC-02)."""
    return act(body, app.caller, app.world)


handler = app.handler
