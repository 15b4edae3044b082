"""Exchange an SMS code for a proof."""

from expertgate.account.actions.codes import verify_sms_code as act
from expertgate.account.requests.codes import MobileProven, VerifySmsCode
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT, replays=True)


@app.post("/v1/sms-code-proofs", summary="Exchange an SMS code for a proof", status_code=201)
def verify_sms_code(body: VerifySmsCode) -> MobileProven:
    """Verify a code; the proof stands for it once (ACC-10)."""
    return act(body, app.caller, app.world)


handler = app.handler
