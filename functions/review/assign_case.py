"""Put a case into an official's hands (REV-02)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.assigning import assign_case as act
from expertgate.review.requests.desk import CaseAnswer
from expertgate.review.requests.officials import AssignCase

app = door(allow=OFFICIAL)


@app.put("/v1/cases/<case_id>/assignment", summary="Assign a case")
def assign_case(case_id: str, body: AssignCase) -> CaseAnswer:
    """Put a case of the supervisor's bureau into the hands of somebody who may decide it (REV-02)."""
    return act(case_id, body, app.caller, app.world)


handler = app.handler
