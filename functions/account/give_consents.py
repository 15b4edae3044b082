"""Consent to agreements in force."""

from expertgate.account.actions.consenting import give_consents as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.information import ConsentsAnswer, GiveConsents
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.put("/v1/account/consents", summary="Consent to agreements in force")
def give_consents(body: GiveConsents) -> ConsentsAnswer:
    """Consent to versions that came in force after the account was made (ACC-02)."""
    return act(body, app.caller, app.world)


handler = app.handler
