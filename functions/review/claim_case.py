"""Claim a case (REV-02)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import claim_case as act
from expertgate.review.requests.desk import CaseAnswer

app = door(allow=OFFICIAL)


@app.put("/v1/cases/<case_id>/claim", summary="Claim a case")
def claim_case(case_id: str) -> CaseAnswer:
    """Take a case, so that nobody else decides it (REV-02)."""
    return act(case_id, app.caller, app.world)


handler = app.handler
