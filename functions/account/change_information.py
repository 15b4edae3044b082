"""Change own information."""

from expertgate.account.actions.information import change_information as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.information import ChangeInformation, InformationKept
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.patch("/v1/account", summary="Change own information")
def change_information(body: ChangeInformation) -> InformationKept:
    """Change own data, a unit's three parts too (ACC-18)."""
    return act(body, app.caller, app.world)


handler = app.handler
