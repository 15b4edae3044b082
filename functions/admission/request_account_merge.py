"""Ask that accounts are merged and their projects moved (REC-12)."""

from expertgate.admission.actions.merging import request_account_merge as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.projects import MergeForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/merges", summary="Ask that accounts are merged and their projects moved", status_code=201)
def request_account_merge(unit_id: str, body: MergeForm) -> SentAnswer:
    """Send the stamped application with its table to the platform."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
