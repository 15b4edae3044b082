"""See an attachment (D-13)."""

from expertgate.evidence.actions.files import show_evidence as act
from expertgate.evidence.requests import EvidenceAnswer
from expertgate.inbound.http import ACCOUNT, OFFICIAL, door

app = door(allow=ACCOUNT | OFFICIAL)


@app.get("/v1/evidence/<evidence_id>", summary="See an attachment")
def show_evidence(evidence_id: str) -> EvidenceAnswer:
    """Return its state and, once it was checked, a link for five minutes; each link is put on record."""
    return act(evidence_id, app.caller, app.world)


handler = app.handler
