"""Change own mobile."""

from expertgate.account.actions.mobiles import change_mobile as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.passwords import ChangeMobile, MobileChanged
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.put("/v1/account/mobile", summary="Change own mobile")
def change_mobile(body: ChangeMobile) -> MobileChanged:
    """Change the mobile by its code and a proof (ACC-17)."""
    return act(body, app.caller, app.world)


handler = app.handler
