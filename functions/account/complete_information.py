"""Complete own information."""

from expertgate.account.actions.information import complete_information as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.information import CompleteInformation, InformationKept
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON, along=own_keys)


@app.post("/v1/account/information", summary="Complete own information", status_code=201)
def complete_information(body: CompleteInformation) -> InformationKept:
    """Give the starred fields that are missing (ACC-19)."""
    return act(body, app.caller, app.world)


handler = app.handler
