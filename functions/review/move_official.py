"""Move an official to another bureau or other duties (REV-06)."""

from expertgate.inbound.http import OFFICIAL, door
from expertgate.review.actions.supervising import move_official as act
from expertgate.review.requests.officials import MoveOfficial, OfficialAnswer

app = door(allow=OFFICIAL)


@app.put("/v1/officials/<official_id>/post", summary="Move an official")
def move_official(official_id: str, body: MoveOfficial) -> OfficialAnswer:
    """Give an official another bureau or other duties (REV-06)."""
    return act(official_id, body, app.caller, app.world)


handler = app.handler
