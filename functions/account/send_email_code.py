"""Send a code by e-mail."""

from expertgate.account.actions.codes import send_email_code as act
from expertgate.account.requests.codes import CodeSent, SendEmailCode
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT, replays=True)


@app.post("/v1/email-codes", summary="Send a code by e-mail", status_code=201)
def send_email_code(body: SendEmailCode) -> CodeSent:
    """Send a code to an e-mail address for a named purpose (REC-05)."""
    return act(body, app.caller, app.world)


handler = app.handler
