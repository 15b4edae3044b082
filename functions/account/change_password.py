"""Change own password."""

from expertgate.account.actions.passwords import change_password as act
from expertgate.account.actions.showing import own_keys
from expertgate.account.requests.passwords import ChangePassword, PasswordChanged
from expertgate.inbound.http import PERSON, UNIT, door

app = door(allow=PERSON | UNIT, along=own_keys)


@app.put("/v1/account/password", summary="Change own password")
def change_password(body: ChangePassword) -> PasswordChanged:
    """Change the password; other sessions end (ACC-17, ACC-23)."""
    return act(body, app.caller, app.world)


handler = app.handler
