"""Decide a case (REV-03)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import decide_case as act
from expertgate.review.requests.desk import CaseAnswer, DecideCase

app = door(allow=OFFICIAL)


@app.post("/v1/cases/<case_id>/decisions", summary="Decide a case", status_code=201)
def decide_case(case_id: str, body: DecideCase) -> CaseAnswer:
    """Approve, return with remarks or reject with a reason what one holds and looked at (REV-03)."""
    return act(case_id, body, app.caller, app.world)


handler = app.handler
