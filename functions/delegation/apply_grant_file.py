"""Bind or revoke agents by file (DEL-16)."""

from expertgate.delegation.actions.files import apply_grant_file as act
from expertgate.delegation.requests.files import FileResult, GrantFile
from expertgate.inbound.http import UNIT, door

app = door(allow=UNIT)


@app.post("/v1/agent-grant-files", summary="Bind or revoke agents by file")
def apply_grant_file(body: GrantFile) -> FileResult:
    """Do it line by line and say what became of each (DEL-16)."""
    return act(body, app.caller, app.world)


handler = app.handler
