"""Object to a change of mobile."""

from expertgate.account.actions.mobiles import object_to_mobile_change as act
from expertgate.account.requests.passwords import ChangeUndone, ObjectToMobileChange
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT)


@app.post("/v1/mobile-objections", summary="Object to a change of mobile", status_code=201)
def object_to_mobile_change(body: ObjectToMobileChange) -> ChangeUndone:
    """Undo a change of mobile with the code sent to the old one (ACC-17)."""
    return act(body, app.caller, app.world)


handler = app.handler
