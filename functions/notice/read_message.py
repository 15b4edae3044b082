"""Mark a message as read (ACC-22)."""

from expertgate.inbound.http import ACCOUNT, OFFICIAL, door
from expertgate.notice.actions.reading import read_message as act
from expertgate.notice.requests import ReadAnswer

app = door(allow=ACCOUNT | OFFICIAL)


@app.post("/v1/messages/<message_id>/reads", summary="Mark a message as read")
def read_message(message_id: str) -> ReadAnswer:
    """Mark it and return how many are still unread."""
    return act(message_id, app.caller)


handler = app.handler
