"""Show a project with its assignments (ADM-14)."""

from expertgate.admission.actions.projects import show_project as act
from expertgate.admission.requests.projects import ProjectFileAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/projects/<project_id>", summary="Show a project with its assignments")
def show_project(unit_id: str, project_id: str) -> ProjectFileAnswer:
    """Return a project one may see."""
    return act(unit_id, project_id, app.caller, app.world)


handler = app.handler
