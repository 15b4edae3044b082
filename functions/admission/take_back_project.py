"""Take a project back (ADM-14)."""

from expertgate.admission.actions.projects import take_back_project as act
from expertgate.admission.requests.projects import ProjectAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.delete("/v1/units/<unit_id>/projects/<project_id>/assignments", summary="Take a project back")
def take_back_project(unit_id: str, project_id: str) -> ProjectAnswer:
    """Take it from its user; the assignment stays on record."""
    return act(unit_id, project_id, app.caller, app.world)


handler = app.handler
