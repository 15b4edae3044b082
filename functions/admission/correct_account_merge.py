"""Send a returned merge of accounts again (REC-12)."""

from expertgate.admission.actions.merging import correct_account_merge as act
from expertgate.admission.requests.answers import SentAnswer
from expertgate.admission.requests.projects import MergeForm
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/merges/corrections", summary="Send a returned merge of accounts again")
def correct_account_merge(unit_id: str, body: MergeForm) -> SentAnswer:
    """Send it again; only fields and lines with remarks may differ."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
