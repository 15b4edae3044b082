"""Mark all messages as read (ACC-22)."""

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.notice.actions.reading import read_all_messages as act
from expertgate.notice.requests import ReadAnswer

app = door(allow=ACCOUNT | OFFICIAL)


@app.post("/v1/messages/reads", summary="Mark all messages as read")
def read_all_messages() -> ReadAnswer:
    """Mark up to 100 and return how many are still unread."""
    return act(app.caller)


handler = app.handler
