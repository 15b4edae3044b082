"""Upload documents after a failed real-name check (ID-02)."""

from expertgate.identity.actions.evidence import submit_real_name_evidence as act
from expertgate.identity.requests import EvidenceSubmitted, SubmitRealNameEvidence
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/real-name-evidence", summary="Hand in documents for the real-name check", status_code=202)
def submit_real_name_evidence(body: SubmitRealNameEvidence) -> EvidenceSubmitted:
    """Hand in checked uploads for a review of about one working day; again after a return."""
    return act(body, app.caller, app.world)


handler = app.handler
