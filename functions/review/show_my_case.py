"""Show one of my cases (ACC-22)."""

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.review.actions.mine import show_my_case as act
from expertgate.review.requests.desk import CaseFileAnswer

app = door(allow=ACCOUNT | OFFICIAL)


@app.get("/v1/my/cases/<case_id>", summary="Show one of my cases")
def show_my_case(case_id: str) -> CaseFileAnswer:
    """Return all rounds with what was remarked (ACC-22, ADM-09)."""
    return act(case_id, app.caller, app.world)


handler = app.handler
