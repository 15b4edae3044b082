"""Assign a project to a user (ADM-14)."""

from expertgate.admission.actions.projects import assign_project as act
from expertgate.admission.requests.projects import AssignProject, ProjectAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/projects/<project_id>/assignments", summary="Assign a project to a user")
def assign_project(unit_id: str, project_id: str, body: AssignProject) -> ProjectAnswer:
    """Assign it; the former assignment stays on record."""
    return act(unit_id, project_id, body, app.caller, app.world)


handler = app.handler
