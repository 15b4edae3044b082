"""Enter a service (ADM-01)."""

from expertgate.admission.actions.entering import enter_service as act
from expertgate.admission.requests.entry import EnterService, EntryAnswer
from expertgate.inbound.http import ACCOUNT, door

app = door(allow=ACCOUNT)


@app.post("/v1/services/<service>/entries", summary="Enter a service")
def enter_service(service: str, body: EnterService) -> EntryAnswer:
    """Return where entering leads to: a form, a pending or suspended page, or the home page."""
    return act(service, body, app.caller, app.world)


handler = app.handler
