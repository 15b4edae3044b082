"""Get an image captcha."""

from expertgate.account.actions.captchas import renew_captcha as act
from expertgate.account.requests.codes import CaptchaMade, RenewCaptcha
from expertgate.inbound.http import PERSON, STRANGER, UNIT, door

app = door(allow=STRANGER | PERSON | UNIT)


@app.post("/v1/captchas", summary="Get an image captcha", status_code=201)
def renew_captcha(body: RenewCaptcha) -> CaptchaMade:
    """Make a new picture in place of the previous one (ACC-11)."""
    return act(body, app.caller, app.world)


handler = app.handler
