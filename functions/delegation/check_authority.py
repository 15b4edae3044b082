"""Ask whether a person may act for a unit (DEL-12)."""

from expertgate.delegation.actions.checking import check_authority as act
from expertgate.delegation.requests.services import AskAuthority, Authority
from expertgate.inbound.http import SERVICE, door

app = door(allow=SERVICE)


@app.post("/v1/authority-checks", summary="Ask whether a person may act for a unit")
def check_authority(body: AskAuthority) -> Authority:
    """Answer from one strongly consistent read (DEL-12)."""
    return act(body, app.caller, app.world)


handler = app.handler
