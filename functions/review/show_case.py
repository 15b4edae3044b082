"""Show a case to an official (REV-02)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import show_case as act
from expertgate.review.requests.desk import CaseFileAnswer

app = door(allow=OFFICIAL)


@app.get("/v1/cases/<case_id>", summary="Show a case")
def show_case(case_id: str) -> CaseFileAnswer:
    """Return forms, differences, remarks, decisions and deeds; the look is in the audit (REV-02)."""
    return act(case_id, app.caller, app.world)


handler = app.handler
