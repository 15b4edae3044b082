"""Change a project (ADM-12, ADM-14)."""

from expertgate.admission.actions.projects import change_project as act
from expertgate.admission.requests.projects import ChangeProject, ProjectAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.patch("/v1/units/<unit_id>/projects/<project_id>", summary="Change a project")
def change_project(unit_id: str, project_id: str, body: ChangeProject) -> ProjectAnswer:
    """Keep the register up with where the project stands, and set right what was typed wrongly."""
    return act(unit_id, project_id, body, app.caller, app.world)


handler = app.handler
