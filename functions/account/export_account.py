"""Export own data."""

from expertgate.account.actions.exporting import export_account as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.information import ExportAnswer, WithPassword
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.post("/v1/account/exports", summary="Export own data", status_code=201)
def export_account(body: WithPassword) -> ExportAnswer:
    """Return account, consents, messages, deeds and cases of the caller (ACC-24)."""
    return act(body, app.caller, app.world)


handler = app.handler
