"""List the agreements in force."""

from expertgate.account.actions.agreements import list_agreements as act
from expertgate.account.requests.information import AgreementsAnswer
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT)


@app.get("/v1/agreements", summary="List the agreements in force")
def list_agreements() -> AgreementsAnswer:
    """Show what is consented to at registration, with versions (ACC-02)."""
    return act(app.caller)


handler = app.handler
