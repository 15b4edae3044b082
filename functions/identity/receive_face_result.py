"""Take the face provider's signed call-back (ID-05)."""

from expertgate.identity.actions.faces import receive_face_result as act
from expertgate.identity.requests import ResultTaken
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER)


@app.post("/v1/face-results", summary="Take the face provider's result")
def receive_face_result() -> ResultTaken:
    """Take `{check, state, outcome}` signed by the provider (`x-provider-time`, `-nonce`, `-signature`); all are answered alike."""
    return act(app.current_event.headers, app.current_event.decoded_body or "", app.caller, app.world)


handler = app.handler
