"""Release a claimed case (REV-02)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.desk import release_case as act
from expertgate.review.requests.desk import CaseAnswer

app = door(allow=OFFICIAL)


@app.delete("/v1/cases/<case_id>/claim", summary="Release a case")
def release_case(case_id: str) -> CaseAnswer:
    """Give a case back to the queue (REV-02)."""
    return act(case_id, app.caller, app.world)


handler = app.handler
