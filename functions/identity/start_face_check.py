"""Start a face check (ID-04)."""

from expertgate.identity.actions.faces import start_face_check as act
from expertgate.identity.requests import FaceCheckStarted, StartFaceCheck
from expertgate.inbound.http import PERSON, door

app = door(allow=PERSON)


@app.post("/v1/face-checks", summary="Start a real-person check", status_code=201)
def start_face_check(body: StartFaceCheck) -> FaceCheckStarted:
    """Start a check of the caller's own face: on the web with a code to scan, on the telephone with an address to open."""
    return act(body, app.caller, app.world)


handler = app.handler
