"""Register a project (ADM-14)."""

from expertgate.admission.actions.projects import register_project as act
from expertgate.admission.requests.projects import ProjectAnswer, RegisterProject
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/units/<unit_id>/projects", summary="Register a project", status_code=201)
def register_project(unit_id: str, body: RegisterProject) -> ProjectAnswer:
    """Register a project of the unit."""
    return act(unit_id, body, app.caller, app.world)


handler = app.handler
