"""Save the unit's form as a draft (ADM-04)."""

from expertgate.admission.actions.drafting import save_unit_draft as act
from expertgate.admission.requests.answers import DraftSaved
from expertgate.admission.requests.drafts import SaveDraft
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.put("/v1/units/<unit_id>/profile/draft", summary="Save the unit's form as a draft")
def save_unit_draft(unit_id: str, body: SaveDraft) -> DraftSaved:
    """Keep what is typed so far; nothing is checked yet."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
