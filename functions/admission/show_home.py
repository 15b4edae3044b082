"""Show the home page of the project system (ADM-12)."""

from expertgate.admission.actions.home import show_home as act
from expertgate.admission.requests.home import HomeAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.get("/v1/units/<unit_id>/home", summary="Show the home page of the project system")
def show_home(unit_id: str) -> HomeAnswer:
    """Return role, counts of projects, notices and news."""
    return act(unit_id, app.caller, app.world)


handler = app.handler
