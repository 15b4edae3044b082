"""Find a person to bind by document number (DEL-01)."""

from expertgate.delegation.actions.finding import find_person as act
from expertgate.delegation.requests.grants import FindPerson, FoundPerson
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/person-searches", summary="Find a person to bind by document number")
def find_person(body: FindPerson) -> FoundPerson:
    """Return a verified person, masked (DEL-01)."""
    return act(body, app.caller, app.world)


handler = app.handler
