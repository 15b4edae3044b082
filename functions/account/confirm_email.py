"""Confirm own e-mail address."""

from expertgate.account.actions.emails import confirm_email as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.passwords import ConfirmEmail, EmailConfirmed
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.put("/v1/account/email", summary="Confirm own e-mail address")
def confirm_email(body: ConfirmEmail) -> EmailConfirmed:
    """Take an e-mail address by its code and a proof, so that it may open a recovery (REC-05)."""
    return act(body, app.caller, app.world)


handler = app.handler
