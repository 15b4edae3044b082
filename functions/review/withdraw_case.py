"""Withdraw one of my cases (ADM-09)."""

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.review.actions.mine import withdraw_case as act
from expertgate.review.requests.desk import CaseAnswer

app = door(allow=ACCOUNT | OFFICIAL)


@app.post("/v1/my/cases/<case_id>/withdrawal", summary="Withdraw a case")
def withdraw_case(case_id: str) -> CaseAnswer:
    """End one's own case while it is open (D-14)."""
    return act(case_id, app.caller, app.world)


handler = app.handler
