"""Ask whether a user name is taken."""

from expertgate.account.actions.names import check_user_name as act
from expertgate.account.requests.registration import CheckUserName, UserNameChecked
from expertgate.inbound.http import STRANGER, door

app = door(allow=STRANGER)


@app.post("/v1/user-name-checks", summary="Ask whether a user name is taken")
def check_user_name(body: CheckUserName) -> UserNameChecked:
    """Tell whether an account answers to a user name (ACC-07)."""
    return act(body, app.caller, app.world)


handler = app.handler
