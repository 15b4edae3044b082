"""Ask how a face check stands (ID-04)."""

from expertgate.identity.actions.faces import show_face_check as act
from expertgate.identity.requests import FaceCheckAnswer
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON)


@app.get("/v1/face-checks/<face_check_id>", summary="Ask how a real-person check stands")
def show_face_check(face_check_id: str) -> FaceCheckAnswer:
    """Return waiting, passed, failed or expired; to the one who started it only."""
    return act(face_check_id, app.caller, app.world)


handler = app.handler
