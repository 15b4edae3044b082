"""Send an SMS code."""

from expertgate.account.actions.codes import send_sms_code as act
from expertgate.account.requests.codes import CodeSent, SendSmsCode
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT, replays=True)


@app.post("/v1/sms-codes", summary="Send an SMS code", status_code=201)
def send_sms_code(body: SendSmsCode) -> CodeSent:
    """Send a code for a named purpose (ACC-10)."""
    return act(body, app.caller, app.world)


handler = app.handler
