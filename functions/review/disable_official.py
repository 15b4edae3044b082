"""Disable an official (REV-06)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.supervising import disable_official as act
from expertgate.review.requests.officials import OfficialAnswer

app = door(allow=OFFICIAL)


@app.post("/v1/officials/<official_id>/disabling", summary="Disable an official")
def disable_official(official_id: str) -> OfficialAnswer:
    """End an official's sessions at once and give his cases back to their queues (REV-06)."""
    return act(official_id, app.caller, app.world)


handler = app.handler
